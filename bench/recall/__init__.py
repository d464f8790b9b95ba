"""What a question gets: evidence of conversations, and facts that change."""
