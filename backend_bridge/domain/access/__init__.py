"""Who may see what: roles, requests, grants, sessions, and what a protected person is shown."""
