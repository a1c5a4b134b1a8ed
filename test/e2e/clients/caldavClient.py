"""python3-caldav against a NAS: finds the calendars, writes an event, finds it by date and by UID, deletes it. Prints JSON."""
import json
import sys
from datetime import datetime

import caldav

url, account, password = sys.argv[1:]
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:visit@example.com
DTSTAMP:20260101T000000Z
DTSTART:20260105T100000Z
DTEND:20260105T110000Z
SUMMARY:Visit
END:VEVENT
END:VCALENDAR
"""

calendars = caldav.DAVClient(url=url, username=account, password=password).principal().calendars()
calendar = calendars[0]
before = len(calendar.events())
event = calendar.save_event(EVENT)
found = calendar.date_search(start=datetime(2026, 1, 5), end=datetime(2026, 1, 6))
by_uid = calendar.event_by_uid("visit@example.com")
summary = by_uid.vobject_instance.vevent.summary.value
event.delete()
print(
    json.dumps(
        {
            "calendars": [one.name for one in calendars],
            "found": [one.vobject_instance.vevent.uid.value for one in found],
            "summary": summary,
            "left": len(calendar.events()) - before,
        }
    )
)
