"""What the tables of the desk show: one row model that diffs by key, and the columns of each table."""
