"""The address of the OpenAPI schema: YAML, or JSON by `?format=json` or by the Accept header."""

from types import SimpleNamespace

from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation


class FormatByParameter(DefaultContentNegotiation):
    settings = SimpleNamespace(URL_FORMAT_OVERRIDE="format")


class SchemaView(SpectacularAPIView):
    """Describe the API for programs that write clients, and for tests."""

    content_negotiation_class = FormatByParameter
