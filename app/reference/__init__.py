"""Reference data: communes, départements, prefectures, courts, countries."""
