"""Readers of text: messages into mentions, statements and questions."""
