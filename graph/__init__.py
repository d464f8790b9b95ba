"""What is known and since when: the core of Palimpsest. It knows no database driver, no HTTP, no GraphQL and no English."""
