"""One mail as its reader gets it."""

from dataclasses import dataclass

from django.template.loader import get_template
from django.utils import translation

from panel.mails.samples import context_of


@dataclass(frozen=True)
class Mail:
    """`html` is empty for a mail that is text alone."""

    name: str
    language: str
    subject: str
    text: str
    html: str


def mail(name: str, language: str) -> Mail:
    """With sample data. Raises KeyError for a name that is not known."""
    with translation.override(language):
        context = context_of(name)
        if name.startswith("account/"):
            parts = [f"{name}_subject.txt", f"{name}_message.txt", "notices/sign_in.html"]
            subject = _rendered(parts[0], context)
            text = _rendered(parts[1], context)
            html = _rendered(parts[2], {**context, "subject": subject, "text": text})
        else:
            subject, text, html = (
                _rendered(f"{name}.{kind}", context) for kind in ("subject.txt", "txt", "html")
            )
    return Mail(name, language, " ".join(subject.split()), text.strip() + "\n", html)


def _rendered(template: str, context: dict[str, object]) -> str:
    return get_template(template).render(context)
