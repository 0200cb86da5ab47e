"""Pages of the REST API: Swagger UI served by us, its script in a file of its own."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView


# Swagger UI writes style attributes; nothing else of the portal may.
@method_decorator(csp_update({"style-src": [SELF, "'unsafe-inline'"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """`/api/docs/`"""

    url_name = "schema"
