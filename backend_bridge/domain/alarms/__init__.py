"""The alarm list: the life of alarms between the watch and the people on duty."""
