from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models


class Account(models.Model):
    """What the app knows of a connected account."""

    class State(models.TextChoices):
        WORKING = "working"
        BROKEN = "broken"

    connected_account_id = models.CharField(primary_key=True, max_length=36)
    landlord = models.ForeignKey(User, on_delete=models.CASCADE)
    building = models.CharField(max_length=100)
    provider = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices)

    class Meta:
        ordering = ("building", "name")

    def __str__(self) -> str:
        return f"{self.provider}, {self.name}"


class HandledMessage(models.Model):
    """A webhook message that the app has handled. Seam may send one twice."""

    message_id = models.CharField(primary_key=True, max_length=100)
