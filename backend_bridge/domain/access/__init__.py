"""Who may see what: offices, requests, grants, sessions, and what a protected person is shown."""
