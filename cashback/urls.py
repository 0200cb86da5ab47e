"""Pages and API of the cashback."""

from django.urls import path

from cashback import api, views

app_name = "cashback"
urlpatterns = [
    path("cashback/", views.index, name="index"),
    path("cashback/<int:pk>/", views.statement, name="statement"),
    path("cashback/<int:pk>/csv/", views.statement_csv, name="statement_csv"),
    path("api/v1/cashback", api.Statements.as_view(), name="api_statements"),
    path("api/v1/cashback/<int:pk>", api.OneStatement.as_view(), name="api_statement"),
    path("api/v1/cashback/<int:pk>/lines", api.Lines.as_view(), name="api_lines"),
]
