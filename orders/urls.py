"""Pages and API of orders."""

from django.urls import path

from orders import api, views

app_name = "orders"
urlpatterns = [
    path("orders/new/", views.new, name="new"),
    path("orders/draft/", views.keep, name="keep"),
    path("orders/draft/forget/", views.forget, name="forget"),
    path("orders/check/<slug:field>/", views.check, name="check"),
    path("orders/upload/", views.uploads, name="uploads"),
    path("orders/upload/template.csv", views.template, name="upload_template"),
    path("orders/upload/<int:pk>/", views.upload, name="upload"),
    path("orders/upload/<int:pk>/failed.csv", views.failed, name="upload_failed"),
    path("orders/<int:pk>/", views.order, name="order"),
    path("orders/<int:pk>/correct/", views.correct, name="correct"),
    path("orders/<int:pk>/accept-prices/", views.accept_prices, name="accept_prices"),
    path("orders/<int:pk>/again/", views.again_order, name="again"),
    path("services/<str:service_name>/again/", views.again_service, name="again_service"),
    path("orders/<int:pk>/decide/", views.decide, name="decide"),
    path("services/<str:service_name>/subscriptions/new/", views.more, name="more"),
    path("services/<str:service_name>/subscriptions/new/draft/", views.keep, name="keep_more"),
    path("services/<str:service_name>/subscriptions/new/forget/", views.forget, name="forget_more"),
    path("api/v1/orders", api.Orders.as_view(), name="api_orders"),
    path("api/v1/orders/<int:pk>/correct", api.CorrectOrder.as_view(), name="api_correct"),
    path("api/v1/orders/<int:pk>", api.OneOrder.as_view(), name="api_order"),
    path(
        "api/v1/orders/<int:pk>/accept-prices", api.AcceptPrices.as_view(), name="api_accept_prices"
    ),
    path("api/v1/orders/<int:pk>/approve", api.Approve.as_view(), name="api_approve"),
    path("api/v1/orders/<int:pk>/refuse", api.Refuse.as_view(), name="api_refuse"),
    path("api/v1/tenants/<str:service_name>/orders", api.MoreOrders.as_view(), name="api_more"),
]
