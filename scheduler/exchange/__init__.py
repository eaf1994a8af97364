"""What leaves and enters the product as files: folders of CSV, rosters and calendars."""
