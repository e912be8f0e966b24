from __future__ import annotations

from accounts import views
from django.urls import path

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/broken/", views.broken, name="broken"),
    path("accounts/connect/", views.connect, name="connect"),
    path("accounts/connected/", views.connected, name="connected"),
    path("accounts/<str:account_id>/reconnect/", views.reconnect, name="reconnect"),
    path("accounts/<str:account_id>/remove/", views.remove, name="remove"),
    path("leave/", views.leave, name="leave"),
    path("webhooks/seam/", views.seam_webhook, name="seam_webhook"),
]
