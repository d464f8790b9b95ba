"""Learns what each leg of recall is worth; nothing of it runs in the service, which has the table it makes."""
