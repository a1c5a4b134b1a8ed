/* eslint-disable max-lines -- written by `npm run docs` */

/** Every sentence of the sources, one in a line; `{}` stands for what is put into it. */
export const SENTENCES = `
 "Synology Calendar"
 "Synology Contacts"
 "WebDAV Server"
 It asks to wait {} seconds.
"Account" of the connection is "{}", but "{}" signed in with the browser.
"Additional Events" does not fit: {}.
"Browser Sign-In" of the connection is not the text of a sign-in, or not all of it.
"OTP Secret" of the connection is not a base32 secret.
"One-Time Code" of the connection is not a code of six digits.
"Synology {} bot trigger" has no event "{}".
"Synology {}" has no operation "{}: {}".
"Synology {}" has no trigger "{}".
"User" does not fit: "{}" is the account of this connection.
"{}" are no index numbers, e.g. 0, 2
"{}" cannot be a parameter of {} {}: it names the call itself.
"{}" cannot be overwritten: the name has quotes, which an upload does not take.
"{}" cannot be read: {}.
"{}" cannot be set: this NAS does not report it. It reports {}.
"{}" could not be looked for; the other events go on. {}
"{}" does not fit: it has {} {}, and at most {} are taken.
"{}" does not fit: {}.
"{}" exists already; nothing was written.
"{}" exists and was kept: nothing was written.
"{}" has no photo.
"{}" has {} bytes in Drive instead of {}.
"{}" has {} bytes on the NAS instead of {}.
"{}" has {} bytes than the announced {}.
"{}" holds a character that DSM does not take in names
"{}" holds a step like "..": give the path in full
"{}" is a calendar of events and takes no to-dos
"{}" is a file, not a folder.
"{}" is a folder, not a file.
"{}" is a shared folder, which WebDAV cannot delete.
"{}" is a stream that another node has taken, and a stream can be read once.
"{}" is a stream, which this node cannot take.
"{}" is a to-do list and takes no events
"{}" is larger than {} MB.
"{}" is missing in the SSO application, or is none.
"{}" is missing in the connection.
"{}" is missing in the settings of the bot.
"{}" is missing.
"{}" is neither an .nsx nor an .enex file.
"{}" is new here: it starts at "now".
"{}" is no address, e.g. https://… or magnet:?…
"{}" is no document of Synology Office.
"{}" is no path of a song, e.g. /music/Artist/Album/01 Song.mp3
"{}" is no path of the NAS: {}
"{}" is no property that an answer could go to: {}.
"{}" is no setting of this NAS. It reports {}.
"{}" is no smart playlist.
"{}" is no user of the NAS.
"{}" is not JSON.
"{}" is not a date and time, e.g. 2026-11-22T08:00:00+01:00
"{}" is not a date and time, e.g. 2026-11-22T08:00:00+01:00 or 2026-11-22
"{}" is not a picture (JPEG, PNG, GIF or WebP).
"{}" is not an address.
"{}" is not in the group "{}".
"{}" is not read-only and cannot fill a list.
"{}" lies at or below "{}" itself.
"{}" messages at the same time is no whole number from 1 to {}.
"{}" needs parameters that "{}" does not have
"{}" of the connection {}.
"{}" refused a call {}; further ones are refused in silence.
"{}" was changed or deleted by somebody else since it was read; nothing was written.
$parameter["{}"].replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())
* answers in another form
.map((count) => (count > 0 ? ", " + count + " more" : ""))[0]
/music/The Lanterns/Night Drive/01 Hello Again.mp3
; leave it empty to send none
<p>Your answer was recorded. You can close this page.</p>
A DSM update
A Device Goes Offline
A Device Is Unlinked
A Folder Each
A New Device Connects
A Noise message of the NAS is too short.
A Prefix of the Name
A QuickConnect ID leads to DSM only, not to the ports of WebDAV.
A call of the NAS is too large
A card takes too long to read
A code is good once and for a short time: start the sign-in again.
A code is good once and for three minutes, with the redirect address and the verifier that it was asked with: sign in again.
A contact needs a name, a company or an email address.
A conversation needs somebody else: you cannot talk to yourself
A favorite of this name exists
A file and a folder of the same name meet
A file is expected as Buffer or stream, but {} was given.
A file stands in the way of the restore
A folder of this name may exist already; shared folders cannot be made or deleted.
A list is given row by row.
A list of the NAS does not end
A message with a stream must go to one node only: Node-RED copies it for a second wire, and the copy gives nothing.
A parameter has a form or value that Chat does not accept
A parameter is missing or has a value that DSM refuses
A parameter is missing or has the wrong type
A parameter is missing or unusable
A parameter is missing, or the request came through damaged
A parameter is not accepted by the package
A parameter is not valid, e.g. an unknown calendar
A parameter of the application privilege is missing or not valid
A parameter of the backup is missing or not valid
A parameter of the bandwidth control is missing or not valid
A parameter of the block list is missing or not valid
A parameter of the file operation is not valid
A parameter of the torrent search is not valid
A parameter that this Calendar requires is missing
A password, key or token is too long
A pinned fingerprint needs an https address.
A proxy in between changes the answers of DSM.
A proxy in between may cut long answers short, or the file changed meanwhile. Download it again.
A proxy in front of the NAS asks for its own login
A proxy in front of the NAS refuses an upload of this size
A proxy on the way asks for its own login
A public channel cannot be encrypted
A replication of the shared folder is running
A required parameter is missing
A shelf exists as long as a notebook stands on it: put a notebook on it.
A sign-in in the browser needs the address of DSM itself, not a QuickConnect ID.
A task that is done cannot be paused, one that runs cannot be resumed.
A text does not fit the rules of Chat, e.g. a channel name with a space
A trigger has no input.
A value is not valid for Chat
A volume is full
Access token of a sign-in
Access token that the page got
Account and Password
Account, Password and OTP Secret
Active Backup for Business
Add all files
Add it; the details of the error may name it.
Add new and newer files
Add songs to the queue, or play something instead.
Add the account to the group on the NAS; the scope "groups" must have been asked for.
Add the headers that the proxy needs to the connection.
Address of an online meeting: it becomes the location and is added to the description
Address of the NAS, as the provider knows it
Address of the discovery document
Addresses of files or pages
Addresses of websites, a comma-separated text or a list
Adds a channel to the favorites of the account.
Adds a message to the bookmarks of the account.
Adds a message to the pinned ones of its channel.
After the current song
All Users of the NAS
Allow from these addresses
Allow overwriting, or choose another name.
Allow overwriting, or read its ETag again and repeat the change.
An administrator enables them in the Drive Admin Console.
An administrator has to set a new one; enter it in the connection.
An event needs a start.
An item of that name exists at the target
Another change of shared folders is going on
Another node listens at "{}".
Another program is working on it; try again later.
Another program keeps logging in with the same account and ends this session.
Approve and Decline
Artist as shown
Artist of songs in it
Artist of the album
Artist of the song
Ask the administrator of n8n to list it in N8N_SSRF_ALLOWED_IP_RANGES or N8N_SSRF_ALLOWED_HOSTNAMES.
Ask the owner or an administrator for the right.
Attempts of Known Clients
Attempts of Unknown Clients
Audio Station did not delete the playlist "{}".
Audio Station failed without saying why
Audio Station has no cover of this.
Audio Station has no such {}.
Avoid repetitions inside repetitions, like (a+)+, and alternatives that begin alike inside them.
Backup {} ended with {}
Backup {} has never run
Build 17 ok <https://ci.example.com/17|log>
Build a project
Builds the containers of a project anew and starts them. Needs an administrator.
By a Rule (RRULE)
Bytes a second, in and out
Bytes at least
Bytes at most
Bytes that a file has at least
Bytes that a file has at most
Calendar failed, or the call needs the right of a manager
Calendar refused it: there is no such event, a field is malformed, or somebody else changed it meanwhile
Cannot Change Password
Capitals count; a note in the recycle bin or in an archived notebook is not found.
CardDAV and CalDAV
CardDAV and CalDAV ask for account and password; a sign-in in the browser has no password.
Certificate {} expires on {}
Change After Expiry
Change at First Use
Change http to https in the address of the connection.
Change it in Control Panel, Security, Protection.
Change it in Control Panel, User & Group, Edit, Speed Limit.
Change it in DSM, or leave it out.
Change it in DSM: it may tell there what keeps it from that.
Change it in Log Center or in the settings of WebDAV Server.
Change the address to http, or to the https port, normally 5001.
Change the address to https, or to the port of DSM.
Change the address to https.
Change the list in Control Panel, Security, Protection: this release of DSM may want other parameters.
Change the whole series, or one occurrence.
Change this and the following occurrences, or make a new series.
Change this and the following occurrences, or the whole series.
Change this one occurrence, or split at one that the rule gives.
Changes by Mail
Changes in the Browser
Characters that a password needs at least; 0 for any length
Chat > Integration > Bots > Outgoing URL
Chat > Integration > Outgoing Webhooks > URL
Chat > Integration > Slash Commands > Request URL
Chat Server is not installed or not running
Chat accepts the token: it is that of a bot.
Chat accepts the token: it is that of an incoming webhook.
Chat could not do it: a wrong ID, a channel joined already, or a passing fault
Chat could not fetch or post the file of "file_url" from {} (code 117).
Chat did not deliver the message to user {}: {}.
Chat does not find what the call is about
Chat does not say which of its users the account is.
Chat failed without saying why
Chat has no user "{}".
Chat lists no user with the name of the account "{}".
Check IDs and rights, then try again later.
Check SSO Server in Package Center.
Check account and password, with the domain if there is one. DAV takes the plain password, also of accounts with two-factor authentication; some DSM versions refuse such accounts here. It is not tried again before the connection is edited or tested.
Check address and port. Without a port, those of DSM (5001, 5000) and of the web (443, 80) are tried.
Check address, port and sub-path; a login page of a proxy, a web server or another program may answer there.
Check firewall, GeoIP rule and block list of DSM, and the rules of the proxy.
Check names and IDs; an album is found with its album artist only, and IDs of songs change when the library is indexed anew.
Check names and IDs; those of songs change when the library is indexed anew.
Check paths and options; a path begins with a shared folder: /share/folder.
Check port and sub-path of the address.
Check that it is a complete card or event.
Check that its file is still there.
Check that the NAS is on and QuickConnect enabled, or enter the address of the NAS itself. Over LAN addresses the certificate does not fit: pin its fingerprint if the direct way is wanted.
Check that the NAS is on and QuickConnect enabled.
Check that the NAS is on and that its network can be reached from here.
Check that the account is still a member.
Check that the account owns the calendar, and try again.
Check that the address is that of DSM itself and not of a package or another service.
Check that the address is that of DSM itself.
Check that the address of the connection is that of the NAS with SSO Server.
Check that the device is switched on and in the network, and whether it takes this kind of file.
Check that the package is running and that the account may use it.
Check that the player is there and switched on, the name is not taken, and what it is about still exists; lists tell.
Check the ID and the fields, and read the event again before you change it.
Check the IDs and what was left out.
Check the IDs, then try again later.
Check the IDs; tasks belong to the session that started them.
Check the channel ID; the channel may have been closed.
Check the connection and try again.
Check the domain or LDAP connection of the NAS.
Check the file.
Check the message ID; the message may have been deleted.
Check the name and the type; WebDAV Server must be installed.
Check the name of the method, try another version, or update the package.
Check the name server of this machine.
Check the name, and change it in Control Panel, Application Privileges.
Check the parameter "{}" ({}).
Check the parameter "{}": texts and names need double quotes, and the last entry no comma.
Check the parameters against its documentation.
Check the parameters against the documentation of the operation.
Check the parameters and the state of what the call is about.
Check the parameters. Those of many methods of Contacts are not public: a capture of the web page shows them.
Check the parameters; IDs are numbers.
Check the parameters; IDs are texts like 1026_HA1TIJA4MT5FT3S16184HFREBC.
Check the parameters; a proxy in between must not change the body.
Check the password of the connection; the account must be allowed to change this.
Check the path or ID. Team folders must be enabled in the Drive Admin Console, My Drive needs the user home service, and the account needs access.
Check the path, also capital letters.
Check the path, and whether the account may write there.
Check the path; thumbnails exist for images and videos only.
Check the permissions of the shared folder and the folder.
Check the proxy setting of this program (HTTPS_PROXY, with user and password if it asks for them), or list the NAS in NO_PROXY.
Check the remote connection in File Station.
Check the search engines in Download Station.
Check the search text.
Check the spelling in Control Panel, External Access, QuickConnect.
Check the spelling of the address and the name server.
Check the task and its destination in Download Station.
Check the values against the description of the operation; the NAS says above what it objects to.
Check the volume in Storage Manager.
Check the way from this machine to the internet, or enter the address of the NAS itself.
Check whether another text was put in its place.
Check whether it is complete.
Choose "{}" as the event, and "{}" as additional, or give it a node of its own.
Choose a calendar of events.
Choose a mode that Control Panel offers for this model.
Choose a path on the same NAS.
Choose a to-do list.
Choose a volume that the NAS has.
Choose another calendar, or have its owner share it for writing.
Choose another destination.
Choose another name, or allow overwriting.
Choose another name, or what shall happen when the name is taken.
Choose another name.
Choose another port; Control Panel, Info Center, Service shows which are taken.
Choose another user than the account of the connection.
Choose another user, or use a connection of another administrator.
Choose another volume.
Choose other contacts.
Choose the calendar from the list again: it may have been deleted or is no longer shared.
Choose the events anew.
Choose the whole event instead.
Choose the whole event, or this and the following ones.
Claim that holds the name of the user
Clear the device ID in the connection and enter the OTP secret, or a new one-time code.
Color of the event; empty: that of the calendar
Comment on the song
Company or organization
Composer of songs in it
Composer of the song
Connections for each download; as it is when empty
Contacts could not do it
Container of Container Manager
Convert it first.
Copy it from the application list of SSO Server.
Copy or move
Correct it in the program that wrote it, or delete it.
Correct the account and password of the connections that were refused, then test them. Further logins wait for five minutes, so that the NAS does not block this host for everybody.
Correct the parameter that the details of the error name.
Create a notebook first, or open Note Station once in the browser as this account.
Create a private channel, or leave encryption off.
Create one first.
Create the folder first.
Create the folder, or set another default destination: it is not created by itself.
Created in Drive
Creating the folder failed
DELETE <contact>, If-Match
DELETE <event>, If-Match
DELETE <path>, If-Match
DSM 6 or 7 is needed.
DSM answers a reserved code
DSM approved the sign-in but gave no session.
DSM began no approval: its answer names no request.
DSM did not take the code of its sign-in page (code {}).
DSM failed without saying why
DSM gives no reason
DSM is reached by https or http, not by "{}".
DSM is starting; try again in a minute or two.
DSM or a proxy in between may be restarting; try again.
DSM or the package may be starting or updating; try again. If it stays, the package may be of a release that is not known yet.
DSM reported success, but "{}" is not there.
DSM reported success, but did not say which link it made for {}.
DSM reported success, but the link {} does not have the wished {}.
DSM reported success, but the task "{}" keeps its destination.
DSM reported success, but {}
DSM stored the file as "{}" instead of "{}".
DSM took the code but gave no session
Date of birth; 04-23 when the year is not known
Date of the anniversary
Day of the Month
Day of the Week (3rd Tuesday)
Days after which an address is let in again; 0 for never
Degrees Celsius of a drive from which it is a warning
Delete it first, then delete it permanently.
Delete it in Container Manager: a container may use it, or this release may want other parameters.
Delete it in Control Panel, Shared Folder.
Delete the old file first, or choose a name without quotes.
Delete this scheduled message and create a new one: a long text goes in parts then.
Department of the company
Disable a scheduled task
Disable a service
Disable a triggered task
Disable home mode
Disable the transfer log
Do it in Control Panel, Task Scheduler: this release of DSM may want other parameters.
Do not trust it; sign in again.
Do not trust whoever sent it.
Document, spreadsheet or slides of Synology Office
Does Not Repeat
Does not contain
Download Limit (KB/s)
Download Limit by Schedule
Download Station did not tell
Download it as it is, or choose a file that ends in .odoc, .osheet or .oslides.
Download the file again from the beginning.
Download the workflow from its menu in n8n, or use "n8n export:workflow --all", and give the file by "< workflow.json".
Drive could not carry it out: a task that is not there any more, or a parameter it does not understand
Drive does not allow this for the user
Drive does not find the place, or could not carry it out
Drive gave neither an archive nor a task that makes one.
Drive gave no reason
Drive is not ready for the user or the shared folder
Drive is paused by a migration of its database
Drive may be starting or updating; try again.
Drive of the NAS
Drive reported success, but the link {} does not have the wished {}.
Drive restores one thing at a time: try again in a minute.
Drive that is plugged in
END:VCALENDAR is missing
END:VCARD is missing
END:{} does not fit.
Earliest time of creation
Earliest time of modification
Email addresses: a comma-separated text, each with its kind in front if you like, or a list
Enable a scheduled task
Enable a service
Enable a triggered task
Enable home mode
Enable the account in Control Panel, User & Group, or use another one.
Enable the transfer log
End of the link; empty: never
End of the request; empty: never
End the session under "Connected users" in Resource Monitor, or change the password.
Enter a file name.
Enter a fresh code in the connection and test the connection at once.
Enter account and password again in the connection. It is not tried again until the connection is changed, so that the NAS does not block this host.
Enter account and password in their own fields.
Enter address and token, or paste the whole URL that Chat shows for the bot or webhook.
Enter another session name in the connection, e.g. FileStation, and sign in again.
Enter that address in the connection, or sign in again at the address of the connection.
Enter the OTP secret in the connection (the text shown when the authenticator app was set up). In Node-RED a one-time code serves, too: enter it and test the connection at once.
Enter the address of DSM as in the browser, e.g. https://nas.example.com:5001, or a QuickConnect ID.
Enter the address of DSM itself in the connection.
Enter the address of the NAS in the connection, e.g. https://nas.example.com:5001.
Enter the address that the browser ends at in the connection.
Enter the address that the browser shows, e.g. {}.
Enter the address that the redirect leads to in the connection.
Enter the broadcast address of the network that the NAS is in, e.g. 192.168.1.255.
Enter the code that the authenticator app shows now; the long secret belongs into "OTP Secret".
Enter the https address, {}, in the connection: a redirected call would lose its body and could leak the password.
Enter the password in the connection as well, or use a connection with account and password here.
Enter the password of the archive.
Enter the production URL of this node in {}, and the token that Chat shows there in the credential.
Enter the secret of a one-time code in the connection; approval by app or key is not possible here.
Enter the secret that DSM shows as text below the QR code (letters A-Z and digits 2-7), not a six-digit code.
Enter user and password of the proxy in the proxy setting of this program.
Event or Whole Series
Events belong into calendars, to-dos into to-do lists.
Everybody in sales
Everybody with the Link
Exclude User Name
Expected is the application ID {}.
Failed sign-ins after which an address is blocked
Failed sign-ins of a known client after which it is locked
Failed sign-ins of unknown clients after which an account is locked
Fetch it from there; nothing of this connection is sent to it.
File Station is too busy
File on the NAS
File or folder of Drive
File or folder to watch: one that is picked is followed when it is moved
File requests are switched off
File that gets the new content
File to Update
Files and Folders
Files and folders
Files and folders to delete
Files and folders to pack
Files before folders
Fill in the full name, or parts of it.
First day of the link
First day of the week
Folder of Drive
Folder of the NAS for the file
Folder of the request
Folder that gets the document; empty: that of the file
Folder that gets the file
Folder that gets the files
Folder that gets the new one
Folder that must exist: a shared folder from the list, or a path that begins with one
Folder to list; empty: My Drive
Folder to put it into
Folder to thin out; its subfolders stay
Folder to watch; empty: My Drive
Free some space.
Free space on the volume.
Free space or raise the quota.
Free space, or choose another volume.
Further first names
GET <file>, Range
Genre of songs in it
Genre of the song
Get its state first.
Get the note again, apply the change to what it says now, and write with its new "ver".
Give a destination, or set the default of this account once in Download Station.
Give a file or a text to import.
Give a folder that exists.
Give a login name, a nickname that only one user has, or the ID of a user.
Give a name without a path: the folder is a parameter of its own.
Give a picture, or the address of one.
Give a shorter one, or split it. Thousands of brackets that are not closed take that long, for example.
Give a shorter one.
Give a smaller one, or split it.
Give a song or an address, and not both.
Give a user name or a mail address.
Give at least one setting.
Give each a port of its own.
Give either a number of occurrences or an end.
Give either a picture or the address of one.
Give fewer at a time.
Give it access in Control Panel, Shared Folder, Edit, Permissions.
Give it as a file.
Give the ID of the {}.
Give the NAS a certificate for this name, or choose "Pin SHA-256 Fingerprint" or "Verify Against Own CA" as certificate check.
Give the file a name.
Give the integration a nickname, enable it, and copy its token again.
Give the name that it shall have.
Give the password of the link.
Give the path of a folder.
Give the rule by which the event repeats.
Give the token of the lock, or wait until the other program gives it back.
Give this connection a DSM account of its own.
Grant it "DSM" or the application of the service in Control Panel, Application Privileges; or enter another session name in the connection, e.g. FileStation.
Grant it in Control Panel > Application Privileges.
Grant it in Control Panel, Application Privileges.
Grant it the permission for the folder.
Grant the account the application "{}" (Control Panel, User & Group, Edit, Applications), and check that it may use this object.
Grant the account the application privilege "Note Station" in Control Panel, or the right to this note.
Grant the account the application privilege "Synology Chat" in Control Panel, or ask the owner of the channel for the right.
Grant the account the application privilege "{}".
Grant the account the application{} (Control Panel, User & Group, Edit, Applications), and check that it may write here: shares may be read-only.
Grant the account the permission in Control Panel, or use an account that has it.
Grant the account the right in Control Panel, or use an account that has it.
Group of the NAS
HTTP and HTTPS cannot share port {}.
Have it shared with the account; a file that was just written may need a second.
Have the account invited, or choose other channels.
Hide a channel
Hide in the List
Hide the link preview of a message
Hides the preview of the link in a message.
Hour at which it runs, in the time of the NAS
How dates are shown
How many former passwords may not be used again; 0 for none
How times are shown
ID of the NAS at the provider
ID token of a sign-in
IDs change when the library is indexed anew, and when a personal playlist is renamed: list them.
If the certificate was renewed, compare this fingerprint with the one shown on the NAS and enter it. Otherwise somebody may be in between.
If the secret in the connection worked before, other programs that use the account took the codes: try again in five minutes, or give {}. Otherwise compare the codes with those of the authenticator app, and the time of the NAS with the real one.
Image file of Drive
Image, without its tag
Imports by Mail
Imports in the Browser
Incoming Webhook Administration
Input Data Field Name
Install SSO Server from Package Center, and enable the OIDC server in it.
Install it in Package Center.
Install or start WebDAV Server in Package Center.
Install or start the package "Note Station" in the Package Center.
Install or start the package "Synology Chat Server" in the Package Center.
Install or start the package "{}" in Package Center, or update it.
Install or start the package in Package Center. If CardDAV and CalDAV have another address there, enter that one in a connection of its own.
Install or start the package that offers it.
It Is Renamed
It belongs to DSM itself, and this release does not have it. Update DSM where an update is offered.
It came with DSM 7; use account and password here.
It cannot be read.
It is good for three minutes, unless SSO Server was set otherwise.
It is good for three minutes, unless SSO Server was set otherwise: sign in again.
It is locked
It is the password of this note, not that of the account.
It is there already, or was changed by somebody else meanwhile
It is too large for the NAS
It may be done already: move its files with File Station.
It may be gone, or the account may not edit shared playlists.
It may have been deleted or moved; shared folders without a right on them are hidden.
It may have been deleted, moved or never been shared with this account.
It may have been deleted, or lie in an address book that is not shared with this account.
It may have been deleted.
It may have been removed; list the tasks.
It may have ended; start it again.
It takes DSM 7 with Secure SignIn Service; sign in with the browser instead.
It takes an administrator: use an account of the group administrators, or delegate the task to it in Control Panel, User & Group.
It was changed, created or deleted by somebody else meanwhile
It was deleted.
Its Content Changes
Its UID is in the calendar already.
Its connection leads to another NAS or account than before: it starts at "now".
Its connection or its parameters are others than before: it starts at "now".
Its key is none of those that SSO Server shows.
Its parameters watch something else than before: it starts at "now".
JSON (Texts in Quotes)
Join the channel first, or have the account invited.
KB per second, 0: no limit; as it is when empty
Keep Both (Rename)
Keep as Version
Keep the existing one
Keeps a pinned message on top of the others.
Keeps a task from running at its event. Needs an administrator.
Keeps a task from running at its times. Needs an administrator.
Kilobytes per second from the NAS; 0: without limit
Kilobytes per second to the NAS; 0: without limit
Kind of mount
LDAP is not configured
LOCK <file>, If, Timeout
LOCK <file>, Timeout
Last Replied To
Last day of the link
Last day or moment of the series
Latest time of creation
Latest time of modification
Least right: an administrator, or an account to which the task was delegated.
Least right: any account.
Least right: the privilege “__privilege__”.
Least right: the token of a bot or webhook, without an account.
Leave "Account" empty, or sign in as that account.
Leave at least a second between two messages of the same account.
Leave msg.parts as the node that made the chunks set it.
Leave out characters that DSM does not allow.
Leave out characters that FAT does not allow.
Leave out photos or attachments.
Leave the file out.
Let "State" take that of the address that the browser came back to, e.g. msg.req.query.state; then sign in again.
Let fewer nodes run at the same time, or less often.{}
Let the administrator of Chat give the account the right to make integrations (and at most five bots each), or choose "By Hand" as registration.
Let the page sign in again; the application ID must be the one that the page uses.
Let this host reach the NAS by one address only, or allow changing addresses in Control Panel, Security.
Lets DSM log nothing more of what is transferred over WebDAV. Needs an administrator.
Lets DSM log what is transferred over WebDAV; other protocols stay as they are. Needs an administrator.
Lets a player go back to the song before in its queue.
Lets a player go to the next song of its queue; after the last one it stops.
Lets a task run at its event again. Needs an administrator.
Lets a task run at its times again. Needs an administrator.
Lets the server take HTTPS, HTTP or both, and says whether it answers there. Needs an administrator.
Line {}: END:{} does not fit.
List the archive first.
List the backup tasks.
List the connections to see which there are.
List the files of the note to see their names and IDs.
List the folder, and download its files.
List the package updates to see what there is.
List the snapshots.
List the trash to see the paths.
List the users to see their names.
List them to see what there is.
List what is locked.
Lists and triggers give the recurrence_id of each occurrence.
Load average of five minutes
Locked For (Minutes)
Locked For, Known Clients (Minutes)
Login of "{}" (SYNO.API.Auth version {}, {})
Logout did not reach the NAS: {}
Look at its size first.
Look at the NAS before you repeat it.
Look at the NAS before you repeat it. {}
Look at the contact in a browser; its card holds something very long.
Look at the folder on the NAS, then try again.
Look at the links in File Station, and whether they have password and days, before you repeat it.
Look at the package in Package Center: it may need a repair.
Look at the path that the details of the error name.
Look at the task in Download Station.
Look at the task in Download Station; "Resume download tasks" tries it again.
Look at the volume in Storage Manager.
Look in Control Panel, Security, Certificate, Settings; the package must be installed.
Look into Log Center of the NAS.
Look into Package Center: it may want a license to be accepted, or more space.
Look into the log of Hyper Backup.
Look into the log of SSO Server.
Made up: the NAS holds nothing now that this event could be about. Its fields have these names and types, not these values.
Make it hold just these files
Mentions of the Account
Messages follow each other too fast
Minute at which it runs
Minutes after which seeding ends; 0: never
Minutes before the start, one for each reminder
Minutes for which a known client is locked out
Minutes for which unknown clients are locked out
Minutes in which failed sign-ins of a known client count
Minutes in which failed sign-ins of unknown clients count
Minutes in which they count
More files and folders to {}
Most connections to an FTP server; as it is when empty
Most peers of a torrent; as it is when empty
Most peers of the torrent; {}
Most tasks that run at the same time; as it is when empty
Mount it if it is encrypted.
Mount the encrypted shared folder first.
Move to the Recycle Bin
NAS reachable again
Name a user or a group.
Name among friends
Name as it is shown; made of the parts when empty
Name in Drive; empty: that of the file
Name it by an ID.
Name of the album
Name of the artist
Name of the composer
Name of the file
Name of the genre
Name of the group
Name of the group from now on
Name of the new folder
Name on the sign-in page
Name to sign in with
Name to sign in with from now on
Names of groups
Names of users
Narrow it down; where it is little, the NAS or a proxy repeats the same answers again and again.
Narrow the list down.
Neither the user nor the group may do this file operation
No NAS answers like this: a proxy, another program or a fault of the package may be behind it.
No SSO application is chosen, or it is disabled.
No administrator is needed as a rule: ask the one of this NAS whether it was switched off for the account.
No bot is chosen, or it is disabled.
No capture from a device and no text of the maker confirms it yet. Check the result.
No certificate of the NAS is that of WebDAV Server.
No connection is chosen, or it is disabled.
No export or import of this account is running
No longer keeps a message on top.
No setting is given: there is nothing to change.
No warnings, but not everything could be read
Nobody approved the sign-in in time
Nobody can delete it before its protection ends.
Nobody signed in within five minutes.
None of its own
None of the chosen channels can be read.
Note Station did not take the file
Note Station imports its own exports (.nsx) and those of Evernote (.enex).
Note Station is not installed or not running
Nothing has to be done.
Nothing on this day.
Notify by Email
Number of the disc
Number of the song on its disc
OPTIONS / without account
OPTIONS / without account, at each port
OPTIONS / without account, at each port that is switched on
Office file to convert
One occurrence does not repeat.
Only Those with Access
Only actions in this team folder; empty: all
Only administrators may do this in Drive
Only administrators may read this
Only below this folder, instead of a location
Only notes changed since
Only own messages within the time set by the administrator of Chat can be changed or deleted.
Only sessions from this address
Only sessions of this user
Only the First {} Are Listed
Only the session of this device; its ID as the list gives it
Only what was modified since
Open Calendar once in the browser as this account.
Open Chat once in the browser as this account and set up encryption, or use an unencrypted channel.
Open Contacts once with this account.
Open the SSO application, and copy it from the application list of SSO Server.
Open the address from the NAS itself: it must reach {}, get the file without signing in, and take its name. Also check the receiver.
Open the connection and fill in the field.
Open the node and choose an event.
Open the node and choose an operation.
Open the node and choose or add a Synology Chat bot.
Open the node and choose or add a Synology NAS.
Open the node and choose or add a Synology SSO application.
Open the node and choose where the answer goes.
Open the node and correct "At the same time".
Open the node and fill it in.
Other events that start the workflow, too. Each item says in the field "event" which one it is. They take the values below of parameters that they have as well, and defaults for all others.
Other packages need this one
Other programs that use the account took the one-time codes of the last minutes
Outgoing Webhook Administration
Output File Name
PROPFIND <destination>, Depth: 0
PROPFIND <file>, Depth: 0
PROPFIND <folder>, Depth: 0
PROPFIND <folder>/, Depth: 1
PROPFIND <path>, Depth: 0
PUT <book><uid>.vcf, If-None-Match: *
PUT <contact>, If-Match
PUT <event>, If-Match
PUT <event>, If-None-Match
PUT <file>, If-None-Match: * or If-Match
Parts are waited for {} seconds; the last one has msg.parts.count, or msg.complete.
Password Never Expires
Paste the whole text that the sign-in command printed; it begins with "{}".
Path on the volume
Pause a player
Pauses a player; "Start a player" goes on from there.
Percent of a volume from which it is a warning
Percent of the size after which seeding ends; 0: never
Percent of the volume that is used
Phone numbers: a comma-separated text, each with its kind in front if you like, or a list
Pin SHA-256 Fingerprint
Pin a message
Place or link of a meeting
Play a composer
Play a folder
Play a genre
Play a playlist
Play an address
Play an album
Play an artist
Play the next song
Play the previous song
Players now: {}. The NAS finds them live; try again in a moment.
Polling has stopped until the node is corrected and deployed again.
Polling has stopped: correct the connection, or the account on the NAS and press "Test connection", then deploy again.
Port for HTTPS
Port for plain HTTP
Position of the first song, from 0
Position that the first of them gets, from 0
Positions begin with 0.
Previews and Downloads
Private (by Invitation)
Project of Container Manager
Prompt at Sign-In
Put Output File in Field
Put the number of bytes into msg.size, or send a Buffer: DSM refuses uploads without a length.
QuickConnect does not know where "{}" is (errno {}).
QuickConnect gave an answer that cannot be read.
Quiet (may stop)
REPORT <book> addressbook-multiget
REPORT <book> addressbook-query
REPORT <book> sync-collection
REPORT <calendar> calendar-multiget
Raise the body limit of the proxy.
Raise the limit in the node, or choose to get the file as a stream.
Raise the limit in the node, or send the file as a stream with its size.
Raise the timeout, or look at it again later.
Read and Write
Read and write
Read it again and repeat the change on what is there now.
Read it with the format HTML or text.
Recurrence rule of iCalendar
Refused a call {}; further ones are only counted in the status.
Remind by Email
Reminder of Days
Reminder of new all-day events
Reminder of new events
Reminders by Mail
Reminders in the Browser
Remove After Seeding
Remove PAR Files
Remove finished ones first.
Remove its password first; "Get an Encrypted Note" gives its text.
Removes a channel from the favorites of the account.
Removes a channel from the sidebar of the account.
Removes a message from the bookmarks of the account.
Removes a message from the pinned ones of its channel.
Rename it, or choose a name without special characters.
Rename one of them.
Rename or move that file first.
Renew the certificate in Control Panel, Security, Certificate.
Replace older files only
Replication of a shared folder
Reset by Email
Restart a container
Restart a project
Restart or switch it off in Synology High Availability.
Run it again.
Run it again; if it stays, the call is not allowed for this kind of session.
Run it again; the client logs in anew.
SSO Server answered something else than a person (HTTP {}).
SSO Server answered something else than tokens (HTTP {}).
SSO Server does not know the application ID
SSO Server does not take the access token ({}).
SSO Server does not take the access token.
SSO Server does not take the code
SSO Server failed
SSO Server failed to check the PKCE verifier, as some of its versions do.
SSO Server gave no list of keys.
SSO Server refuses ({})
Say whether to overwrite or skip.
Say which occurrence is meant.
Scopes that are asked for
Secrets are entered in the node alone.
Secure SignIn of the NAS is damaged
Send a message and wait for a response
Send a smaller file, or raise the limit in the settings of Chat.
Send and Wait for Response
Send it as a file instead.
Send the message again with a new stream, or send a Buffer.
Send the parameters in the body.
Session of "{}" is resumed (SYNO.API.Auth version 7, session "{}")
Set API, method and version in their own fields.
Set another one.
Set it at the device itself.
Set it for Node-RED, its flow or its subflow, or enter the value itself.
Set it in Control Panel, Shared Folder: the account may not exist, or this release may want other parameters.
Set it in Control Panel, Shared Folder: this release of DSM may want other parameters.
Set one, or check "has_photo" of the contact first.
Set the addresses from which it is allowed
Set the clocks of the NAS and of this host.
Set up Secure SignIn for "{}" under Personal, Security; or sign in with the browser.
Several have the name "{}"
Shared folder of the NAS
Shared with Me
Shared with Others
Shorten the span of time, or give the event a rule that fits more often.
Sign In With
Sign in again.
Sign in again: the NAS no longer resumes the session of "{}".
Sign in again; if it stays, look into the log of SSO Server.
Sign in to DSM in the browser once with the given password, choose your own, and enter that in the connection.
Sign in to DSM in the browser, set a new password, and enter it in the connection.
Sign in to DSM once in the browser as this account, set it up, and enter its secret in the connection.
Sign in with the browser anew, and put the new text into "Browser Sign-In" of the connection.
Sign-in addresses are built without PKCE from now on: sign in again with a new one.
Signed in as {}. Close this page, and go back to the terminal.
Slash Command Administration
Something between here and the NAS answers in its place. Use https, and sign in again.
Something between here and the NAS answers in its place. Use https.
Something between here and the NAS changes its answers, or another program answers at this address.
Something is wrong
Something needs attention
Split it into several messages of at most 2000 characters.
Split it, or attach it as a file.
Split the file.
Star a channel
Star a message
Start Synology Drive Server in the Package Center.
Start a container
Start a copy
Start a move
Start a project
Start again, with the phone at hand; or sign in with the browser.
Start it again.
Start it again; the NAS forgets a task when Note Station is restarted.
Start it with the operation "Start the server".
Start the sign-in again.
Starting the download
Starts a container. Needs an administrator.
Starts copying files or folders and does not wait.
Starts deleting files or folders and does not wait.
Starts extracting the files of an archive and does not wait.
Starts making an archive and does not wait.
Starts moving files or folders and does not wait.
Starts the containers of a project. Needs an administrator.
Starts when a contact has its anniversary, or some days before.
Starts when a contact has its birthday, or some days before.
Starts when a contact is changed or moved to another address book.
Starts when a contact is created in an address book, or shared with the account; one that was moved counts as updated.
Starts when a deleted file or folder comes back.
Starts when a file or folder appears in a folder, by upload, copy or move from elsewhere.
Starts when a file or folder gets another name.
Starts when a file or folder is deleted.
Starts when a file or folder is moved within a folder, out of it, or back into it.
Starts when a to-do is completed.
Starts when a to-do is put on a list.
Starts when an event is deleted.
Starts when an event is entered into a calendar.
Starts when an event, or an occurrence of a series, is changed or moved to another calendar.
Starts when somebody becomes a member of a channel.
Starts when somebody leaves a channel or is removed from it.
Starts when the NAS answers again after it was unreachable. Needs no rights at all.
Starts when the NAS does not answer any more: once, with the cause. Needs no rights at all.
Starts when the content of a file changes.
Starts when the package WebDAV Server does not run any more. Every account may watch it.
Starts when the package WebDAV Server runs again. Every account may watch it.
Stick a message to the top
Stop a container
Stop a player
Stop a project
Stop those first.
Stops a container. Needs an administrator.
Stops a player; its queue stays.
Stops and starts a container. Needs an administrator.
Stops and starts the containers of a project. Needs an administrator.
Stops the containers of a project. Needs an administrator.
Storage pool {} is {}
Suppliers of paper
Switch it in Control Panel: this release of DSM may want other parameters.
Switch it on in Resource Monitor, Settings.
Switches HTTPS, HTTP or both off. The package goes on running; without both nobody reaches it. Needs an administrator.
Switches a service of DSM off: whoever uses it is cut off. Needs an administrator.
Switches a service of DSM on. Needs an administrator.
Switches the home mode of Surveillance Station off. Needs rights in Surveillance Station.
Switches the home mode of Surveillance Station on. Needs rights in Surveillance Station.
Synology Chat Server
Synology Drive Server
Synology {} Bot Trigger
Take it as a stream.
Take the address from the block list in Control Panel, Security, Protection, then test the connection.
Task of Active Backup
Task of Hyper Backup
Tasks at Once
Team folder whose trash is meant; empty: My Drive
Text that says who is in it
Text that says who it is
That of this NAS is {}, as SSO Server is set.
The API has no such method in this version
The Drive package is disabled
The ID may name nothing that is there or shared with this account; list the address books or contacts again.
The ID token answers another sign-in: its nonce differs
The ID token has expired
The ID token is from the future
The ID token is not signed by this NAS
The ID token is of another issuer
The ID token was made for another application
The NAS accepted the change of the rule, but did not apply it.
The NAS accepted the change of {}, but did not apply it.
The NAS accepted the change, but did not apply it.
The NAS accepted the login but gave no session id.
The NAS accepted the speed limit, but did not apply it.
The NAS answered a list that cannot be read: {}.
The NAS answers again.
The NAS could not do it: an internal failure, a wrong state, or a right that only managers have
The NAS could not fetch {} {}.
The NAS could not resume the session now (code {}).
The NAS demands two-factor authentication, but the account has not set it up
The NAS did not answer this call.
The NAS did not sign "{}" out (code {}).
The NAS does not allow this here
The NAS does not give its API list (code {}).
The NAS does not have this API
The NAS does not know its drives yet.
The NAS does not know this request
The NAS does not let the account do this for itself
The NAS does not say what is at {}.
The NAS does not say where its address books or calendars are.
The NAS does not support this version of the API
The NAS does not take the confirmation of the password
The NAS does not take this content
The NAS does not tell the version of what was read or written.
The NAS does not tell whether {} is on.
The NAS does not understand the request
The NAS has blocked the address of this host after too many failed logins
The NAS has no OpenID Connect server.
The NAS has no trust with the domain
The NAS is busy or its network is unstable
The NAS is busy, or lacks the hardware that this call is about
The NAS is part of a high-availability cluster
The NAS is too hot: {} °C
The NAS knows no application WebDAV.
The NAS left this entry of the batch unanswered.
The NAS locked the file, but does not tell the token of the lock.
The NAS lost the search again and again.
The NAS may be off or asleep, or it blocks this address (Control Panel, Security, Protection).
The NAS may be starting or updating, or a proxy cannot reach it; try again in a minute or two.
The NAS names "{}", which is no path on it.
The NAS no longer trusts this device and asks for a one-time code
The NAS offers no encryption for the login on plain HTTP: the password can be read on the way. Use https.
The NAS or a proxy refuses this address
The NAS refused several one-time codes made from the OTP secret
The NAS refused the login (code {})
The NAS refused {} logins of this program within five minutes.
The NAS refuses account and password for {} (HTTP 401).
The NAS refuses the name of the file
The NAS sees a conflict
The NAS sends API calls on to {}.
The NAS sends DAV requests on to {}.
The NAS speaks https on this port, the address says http.
The NAS tells no speed limit of WebDAV for {}.
The NAS took the call, but the list of tasks does not show it.
The NAS took the call, but the permission of {} is not as wanted.
The NAS took the call, but {} is as it was.
The NAS took the call, but {} is not on the list.
The NAS took the call, but {} is still on the list.
The NAS took the call, but {} of {} is not as wanted.
The NAS took the call, but {}:{} is still there.
The NAS wants the login to be approved in another way
The NAS wants the password confirmed and does not take it
The NAS wants the password confirmed before it does this, and the connection has none.
The NAS with the QuickConnect ID "{}" cannot be reached.
The NAS, or a proxy in front of it, takes no more requests for now (HTTP 429).
The XML of the NAS holds too much
The account does not exist or the password is wrong
The account has never opened Calendar, so it has no database there yet
The account has no access to the file, or the file is not ready yet
The account has no key pair, which encrypted channels need
The account has no notebook yet.
The account has no one-time code configured
The account has no settings for the torrent search
The account has too many sharing links
The account is a member of none of the chosen channels.
The account is disabled, or is the guest
The account is locked after too many failed logins
The account is not a member of the channel
The account lacks the application privilege "Synology Chat"
The account lacks the privilege for this application
The account may not do this
The account may not do this (HTTP 403, {}).
The account may not do this in DSM: it takes an administrator
The account may not do this in DSM: it takes an administrator, or one to whom this part was delegated
The account may not do this in Note Station
The account may not do this with this message, channel or integration
The account may not log in to this application
The account may not sign in under the session name "{}".
The account may not write to the destination
The account may only read this calendar.
The account server cannot be asked for user and group
The account uses two-factor authentication: the NAS asks for a one-time code
The address belongs to the portal of another application
The address may name a folder instead of an entry, or an entry that exists already.
The address must not hold a user name or password.
The address of Node-RED, as the NAS reaches it, is missing or not an address.
The address of a photo must not hold a user name or password.
The address of the call is too long
The anonymous user of FTP and WebDAV has no access to the shared folder any more
The answer belongs to another sign-in ("state" differs)
The answer belongs to another sign-in: "state" differs.
The answer belongs to no sign-in that was begun here, or it was answered already.
The answer cannot go to "{}": only msg, flow and global take one.
The answer cannot go to msg.{}: "{}" holds a {}, no object.
The answer is damaged or breaks off
The answer is no file (HTTP {}): it {}.
The answer is too large for an error
The answer nests deeper than any answer of DSM
The answer of the NAS is too large
The answer of the sign-in is too large
The answer of {} {} is a success without a file.
The answer of {} {} names no task.
The answer of {} {} {}.
The answer over DAV is too large
The answer to the login does not come from the NAS whose key was asked for.
The answer to the sign-in does not come from the NAS that was signed in to.
The answer to {} cannot be mapped: {}
The application secret is wrong
The approval ended in an unknown way
The approval has expired, or the account has no app that approves sign-ins.
The archive cannot be read
The archive has no such item
The backup failed without a reason
The backup task is busy, or in a state that does not allow this
The bot or webhook is not usable: wrong token, disabled, without a nickname, or of the wrong kind
The card has too many lines
The card {} cannot be read: it {}.
The catalogue has no operation "{}".
The categories of the torrent search cannot be read
The certificate of the NAS has another fingerprint than the pinned one: {}.
The certificate that it shows has the SHA-256 fingerprint
The channel "{}"
The chosen certificate check needs it.
The claim "{}" of the ID token does not fit
The clock of the NAS could not be asked: {}
The code is not documented; the NAS may have a line about it in Log Center.
The code of the address that the browser came back to
The code of the connection is used up: enter a new one and test the connection at once, or better enter the OTP secret.
The component does not end.
The connection is no longer in use, so no new login was made.
The contact has too many of them
The content of the archive cannot be listed
The conversation with this user is encrypted: only the Chat apps can write to it.
The default destination cannot be cleared
The demo site does not allow this
The destination could not be set
The destination does not exist
The destination exists, and it was not said whether to overwrite
The destination is on another server
The destination of the copy or move failed
The device or file is in use
The disk reports an input or output error
The download of "{}" failed: {}.
The download task is in a state that does not allow this
The event does not repeat.
The event ends before it begins.
The event has no DTSTART.
The event has no occurrence at {}.
The event of this trigger is not known. Choose another one.
The execution was canceled.
The expiry date is not valid
The fan mode is not supported
The feed "{}" cannot be read: {}
The file already exists
The file cannot be read.
The file cannot be written.
The file changed while it was being sent, or its size was stated wrongly.
The file did not come whole: {}.
The file does not exist
The file exists, and it was not said whether to overwrite
The file has no name.
The file has no such bytes
The file is larger than Chat accepts
The file is larger than the 4 GB of FAT32
The file is locked by an upload that broke off
The file is not an archive
The file is too large for a Buffer
The file is too large for a FAT file system
The file is too large for a calendar
The file name is not allowed
The file name is not allowed on a FAT file system
The file name is too long
The file name is too long for an encrypted folder
The file of an event could not be read in {} attempts; it is told without. {}
The file of the download task could not be uploaded
The file operation failed without a reason
The file system does not support this
The file system is read-only
The flow or workflow was ended or deployed anew while this call was still running.
The folder above it does not exist
The folder exists already
The folder is a favorite already
The folder may be missing, or the UID is in use by another entry.
The form has too many fields
The group may not do this file operation
The history of the utilization is switched off
The item has no public link yet
The item is not in the trash, and only what is there can be deleted for ever
The key of the NAS is not used: {}
The library has no {} like "{}".
The library has no {}.
The limit "{}" is not a whole number above 0.
The link exists without it. Set it in Drive, or delete the link.
The link exists without it. Set it in File Station, or delete the link.
The link needs a password, or the password is wrong
The list has no station "{}".
The list is too long
The list is too long to choose from
The list looks wrong: {} of {} entries are missing at once. 
The list looks wrong: {}.
The message is too long
The message may have been deleted.
The message may not be changed or deleted any more, or it is somebody else's
The name is not allowed on FAT32
The name is too long
The name of the archive is too long
The name of the file does not fit: {}.
The name of the input field containing the file{}
The name of the output field to put the file in
The name or path is not allowed
The new name
The node has no path.
The note "{}" has no file "{}".
The note "{}" has no item "{}" to tick.
The note "{}" is encrypted already.
The note "{}" is encrypted: it cannot be changed as it is.
The note "{}" is not encrypted.
The note "{}" was changed after revision {}; nothing was written.
The note holds too much to become Markdown
The note was made ({}), but did not get its tags: {}
The one-time code is wrong, was used before, or is too old
The operation is not permitted here
The package may be older or newer than those this was written for.
The package may be starting or updating, or a proxy cuts its answers; try again.
The package may be starting or updating; it is looked at again.
The package may be starting or updating; try again.
The package that offers this API is missing, stopped or too old, or DSM is too old.
The packet that wakes the NAS could not be sent to {}.
The page is too large
The parent holds too many folders
The password has expired
The password has expired and the account may not change it
The password must be changed before the first use
The password of the archive is wrong or missing
The password of the note is wrong.
The paths are too long
The period ends before it begins.
The photo of "{}" lies at {}.
The place could not be saved: {}
The player "{}" {}.
The player does not begin to play: it is "{}".
The playlist has {} songs only.
The playlist holds none of these songs.
The port is in use by another service of the NAS
The previous delete task has not ended
The previous download task has not ended
The previous restore task has not ended
The proxy does not let requests through to {} (HTTP {}).
The queue of the player has {} songs: there is none at {}.
The queue of the player is empty: there is nothing to play.
The quota of the account is used up
The quota of the account is used up, or the volume of the NAS is full
The recurrence rule takes too long
The registration of {} stays on the NAS: {}
The registration stays on the NAS: {}
The regular expression takes too long
The remote folder cannot be reached
The request came from another address than the login
The request was cancelled.
The restart of the NAS
The result of {} is not as declared: {}: {}
The results of the torrent search cannot be read
The rule of the series gives no occurrence at {}.
The saved place cannot be read: it starts at "now".
The series cannot be split here: an earlier change reaches into what follows (RANGE=THISANDFUTURE).
The session has timed out
The session is not valid
The session was ended by another login of the same account
The settings of the torrent search cannot be read
The shared folder exists
The shared folder has as many snapshots as it may have
The shared folder is busy
The shared folder is in a state that does not allow this
The shared folder is not mounted
The shared folder is still settling after another change, or a parameter is malformed
The sharing link cannot be read
The sign-in page gave a key that is none
The sign-in took too long
The sign-in was cancelled
The sign-in was denied on the phone
The sign-in was made at {}, but the connection is to {}.
The size of the stream to upload is not known.
The size of the upload was missing or did not match
The snapshot is immutable
The start of this series cannot be moved: {} stands among its exceptions.
The stream "{}" gave nothing for {} seconds.
The target volume of the move is full
The task ended before it came to this path
The text has too many pieces
The text is too long for a note
The text is too long for a parameter
The text is too long for its field
The text is too long to be converted here
The text is {} characters long, which is {} messages of {}.
The text must be the same as in the note, capitals too.
The text takes too long to read
The text would become too many messages
The time was over before everything was tried.
The time zone "{}" is neither known nor defined in the calendar.
The torrent search failed
The transfer broke off and cannot be continued: {}.
The trash holds nothing of the path "{}".
The update of {}
The upload failed
The upload has to be sent once more, and a stream cannot be read twice.
The upload stopped sending for too long
The upload was broken off; the NAS keeps no part of it. Look at where the file comes from.
The upload was cancelled
The upload was cut short on its way, or somebody else changed the file just then. Upload it again, overwriting.
The upload was cut short on its way, or somebody else changed the file just then. Upload it again.
The uploaded file has no name
The user may not do this file operation
The user or group needs a name
The utilization could not be sent
The variable {} of the connection has no value.
The volume is not valid
The volume is not writable
The volume is too full for the restore
The volume of the NAS is full
The watched folder is not valid
The work does not come to an end
There are too many download tasks
There are too many favorites
There are too many files and folders to watch
There is no CardDAV or CalDAV at this address (HTTP {}, {}).
There is no DSM API at this address
There is no NAS with the QuickConnect ID "{}".
There is no address book "{}".
There is no address book that this account may write.
There is no component.
There is no contact with the UID "{}".
There is no default destination
There is no event and no to-do in it.
There is no file "{}", or no picture can be made of it.
There is no later version of {} than {}.
There is no note "{}".
There is no operation "{}" of "{}". Choose another one.
There is no pin "{}".
There is no player "{}".
There is no service "{}".
There is no space left on the volume
There is no sticker of this name
There is no such background task
There is no such backup task or version
There is no such channel
There is no such download task
There is no such download task.
There is no such file or folder
There is no such file or folder in Drive
There is no such message
There is no such message (code 402).
There is no such sharing link
There is no such shelf
There is no such snapshot, or it is in a state that does not allow this
There is no such user
There is no such volume
There is no {} "{}"
There is no {}.
There is nothing at this address
There is nothing at this path
There is nothing to change: give at least one limit
There is nothing to change: give at least one setting
There is nothing to change: give at least one tag.
There is nothing to change: set a description or the lock
There is nothing to change: set a destination or a priority
There is nothing to change: set a password or a day
There is nothing to change: set at least one field
There is nothing to play: the library has none of it.
There may be nothing to download, or DSM is starting or updating; try again.
These contacts cannot be merged: one is unreadable, or the one to keep is among the others.
They count as there until the NAS has left them out for {} minutes.
This Chat Server does not know the method in this version
This Chat Server does not know the version of the call
This DSM does not let an app approve sign-ins.
This DSM does not offer the sign-in in the browser (SYNO.API.Auth 7 is missing).
This DSM offers no login version that is known (3 to 7).
This address has no DSM login (SYNO.API.Auth is missing).
This and Following Occurrences
This calendar does not take this kind of entry: {} (HTTP 403).
This call does not take files
This edition of the package cannot wake a NAS: n8n lends its nodes no way to send such a packet.
This event is found at the poll times only: the NAS cannot wake a poll trigger of n8n
This is an event reminder
This is no ID token
This is no property of iCalendar.
This is not an answer of the DSM API
This node was saved by a newer release (version {}, known up to {}): update the package.
This occurrence stands for the following ones, too (RANGE=THISANDFUTURE).
This parameter has no list.
This sign-in was completed already
Three parts with dots between them are expected, as SSO Server gives them.
Time of creation to give the file; now when empty
Time of day from which slots are wanted
Time of day until which slots are wanted
Time of modification to give the file; now when empty
Time of the content
Time of the last access
Time of the last access to give the file; now when empty
Time of the record in Drive
Times to switch off; weekdays count from 0, Sunday
Times to switch on; weekdays count from 0, Sunday
To send a text as the content, choose "text" in the field, or pass an object with "content". To send a file by its name, read it first with a "read file" node.
Tokens of outgoing webhooks and slash commands only prove calls that Chat makes: they cannot be tested, and are fine for a trigger.
Too many paths are named
Try again in a few minutes.
Try again in a minute, or search a folder further down.
Try again in a minute.
Try again in five minutes; the secret in the connection is right. If it stays, give {}.
Try again when it is free.
Try again when it is over.
Try again, or raise the timeout of the connection.
Try again; a proxy in between must not change the body.
Try again; check that a proxy in between lets uploads of this size through.
Try again; if it stays, look into Log Center.
Try again; if it stays, look into the log of Chat Server on the NAS.
Try again; look into Log Center.
Try the same account in the browser.
Type a path such as /docs/ in the list to look into a folder
Type of Approval
UNLOCK <file>, Lock-Token
Unblock After (Days)
Unpin a message
Unstar a channel
Unstar a message
Unstick a message from the top
Update the one that is there, or leave the UID out so that a new one is made.
Update the package "Synology Calendar" to version 2.5 or later.
Update the package "Synology Chat Server".
Update the package.
Upload Limit (KB/s)
Upload Limit by Schedule
Use "Default Picture", or go on without one.
Use "Encrypt a Note" to give it a password.
Use "Get information", which every account may read.
Use "Update the Password of a Note".
Use a NAS of your own.
Use a channel without encryption.
Use a connection with account and password for this operation.
Use a folder on a volume of the NAS.
Use a name from the sticker list, e.g. "heart" or "thumbsup".
Use a name that "Get the settings as reported" gives.
Use a shorter name.
Use a version within the range that the NAS lists, or update the package.
Use an account of the group "administrators".
Use an account of the group administrators, or delegate the task to it in Control Panel, User & Group.
Use an account of the group administrators.
Use another file system.
Use another folder, or make the volume writable.
Use another parent.
Use letters, digits, "-" and "_" in channel names.
Use the Existing One
Use the login name of the account as it stands in the list of Chat users.
Use the package with everything, where the administrator of n8n allows it, or let a router or another NAS send the packet.
User of the NAS
Users of the NAS
Verify Against Own CA
View with which Calendar opens
Volume Full From
Volume of the NAS
Wait until it has ended, then try again.
Wait until the lock ends, or unlock it in Control Panel, Security, Account.
Wait until the migration has ended.
Waiting for the file host
Watch a folder below it, or leave its subfolders out.
Watch a folder further down, or set a pattern for the names.
WebDAV Server is not installed on this NAS.
WebDAV Server is not running ({}).
WebDAV Server started
WebDAV Server stopped
WebDAV Server was told to {}, but did not within 10 seconds.
What answers at port {} is no WebDAV server (HTTP {}).
What came from the sign-in page is not its message: "code" and "rs" are needed.
What came is nested too deeply
What failed works again.
What stands after the name, such as Jr.
What stands before the name, such as Dr.
What was done until then stays. Raise the timeout, or do less at a time.
What was kept of a sign-in address with PKCE
What was read is no exported workflow: it is not JSON.
When Last Node Finishes
When it begins: with an offset, or on the wall clock of the time zone; of an all-day event the first day
When it begins; a date alone makes it a to-do of days
When it ends; of an all-day event the day after the last. Without it an hour, or a day
When it is due; a date alone makes it a to-do of days
When they came into the library
Whether @channel and @here count as mentions
Whether PAR files are deleted after the download
Whether a forgotten password is reset by email
Whether a password that an administrator set must be changed
Whether accounts are locked at all
Whether addresses are blocked at all
Whether all files of the shared folder may be deleted
Whether an expired password may still be changed
Whether archives are deleted once they are extracted
Whether archives are extracted after the download
Whether changes come by mail
Whether changes show in the browser
Whether clients may list a folder with all below it at once, which takes memory
Whether damaged files are repaired by their PAR files
Whether downloads follow the schedule
Whether eMule follows the schedule; as it is when empty
Whether eMule is on
Whether files that are there already are replaced
Whether it is hidden in the list of calendars
Whether it is left out where the network lists shared folders
Whether it must not hold the name of the user
Whether it needs a digit
Whether it needs a special character
Whether it needs upper and lower case
Whether it stays hidden who chose what
Whether its events are hidden
Whether messages of conversations with several people also start the flow
Whether messages of the account itself start the flow
Whether notices of Chat, like "joined the channel", start the flow
Whether one may choose several answers
Whether only channels that the account is a member of start the flow
Whether only messages with a file start the flow
Whether others may add answers
Whether people without an account may use WebDAV
Whether pressed buttons of its messages also start the flow
Whether reminders come by mail
Whether reminders show in the browser
Whether replies in threads start the flow
Whether tasks are removed when seeding has ended
Whether that email holds the password
Whether the connection to the news server is encrypted
Whether the connections to an FTP server are limited
Whether the end of an import is told by mail
Whether the end of an import shows in the browser
Whether the files get a folder of their own
Whether the news server asks for a user name
Whether the password lasts for good
Whether the server takes HTTPS
Whether the server takes plain HTTP, which sends passwords unencrypted
Whether the server writes its own log
Whether the user is told by email
Whether the user may not change the own password
Whether they have a due date
Whether to cut off everybody who works on the NAS; without it nothing is sent
Whether to use this: {}
Whether users are reminded by email
Whether users are reminded when they sign in
Whether users of the NAS itself sign in this way, too
Whether what is deleted goes to a recycle bin first
Which to-dos are listed
Wire it to a node that uploads, or let the node before give a Buffer or chunks.
Wire the node that gives it to one node only, or let it give a Buffer or chunks.
With Due Date
Within a Day
Within a Week
Within, Known Clients (Minutes)
Without Due Date
Write the day as 2027-01-31.
Year of release
[($parameter["additionalEvents"] || []).filter((name) => name !== $parameter["event"]).length]
[...Object.values($parameter.toJSON()).filter((one) => one?.__rl).map((one) => String(one.cachedResultName || one.value || ""))
a b blockquote br code col colgroup del div em h1 h2 h3 h4 h5 h6 hr i iframe img input li ol p pre s span strike strong sub sup table tbody td tfoot th thead tr u ul
a change between days and times
a day among times
a day that was not marked as one (VALUE=DATE).
a declaration, or one that does not end
a folder leaves out "{}", which is in it
a path on the NAS begins with the shared folder, e.g. /docs/reports
a period or a range
a radio station or a file of the web
a second root
a tag that does not end
a time in the zone of the file, {}.
a value of type {}
a whole number
adjust align alt anchorhref border chart-config chart-data class colspan height href ref rowspan src start style type width youtube
all songs of a composer
all songs of a genre
all songs of an artist
an attribute that holds a tag
an attribute that is none
an end of another element
an end that does not end
an end without a beginning
an entry has no path
an entry has no status
an unknown entity
area base br col embed hr img input link meta source track wbr p li td th tr tbody thead tfoot dd dt option
as it is when empty
begins a card that has no END:VCARD
begins a card without any name
busy, requests {}
can never be met
cannot be looked up at the moment
cannot be reached
cannot be read
cannot be read: {}
cannot be used
cannot be used in this edition: {}
cannot go to a place in a song
cell: +39 055 1234
check the settings
closed the connection
compare it with the one that a browser shows in the network of the NAS before you pin it.
confirm that the NAS shall go down
confirm that the files shall be gone
does not answer
does not belong to a card
does not fit: {}
does not let its volume be set
does not speak HTTP on this port
does not speak https on this port
does not support version {}
e.g. cell: +39 055 1234
e.g. work: dana@example.org, home: dana@example.net
each program its own DSM account, or a device ID in its connection
failed to sign in
failing events {}
first look, requests {}
has 168 digits, one for each hour of the week
has a BYDAY that cannot be: {}
has a WKST that is no day of the week: {}
has a certificate for another name
has a certificate of an unknown authority
has a part twice: {}
has a self-signed certificate
has a slash, which names in Drive cannot have
has a space, which Chat refuses in channel names
has a version that is unknown: {}
has a {} that cannot be: {}
has an UNTIL that is no date or time: {}
has an expired certificate
has an unknown FREQ {}
has an unknown part {}
has both UNTIL and COUNT
has fewer than {}
has more than {}
has more than {} lines
has no list "{}"
has no method "{}" in version {}
has no number from 1 on as {}: {}
has small letters, digits, "-" and "_" only
has the name {}: quotes and line breaks do not get through an upload; give it another name
has to be set, since this changes how everybody uses Contacts
has two buttons named "{}"
has {}, which nothing is known of
holds "{}", which belongs to the request itself
holds "{}", which cannot be the name of a header
holds a value for "{}" that cannot be sent
holds data that is not base64 ({})
is a folder that begins with a shared folder, like /docker/blog
is a network path
is a path of Windows
is a path of macOS
is an address that n8n does not let nodes reach
is empty: a message needs a text or a file
is empty: a message needs a text, a file or buttons
is empty: a user or group needs a name
is empty: choose a channel or a user
is less than {}
is longer than 1 MB: upload it as a file
is more than {}
is needed when no channel is chosen
is no .torrent or .nzb file in a shared folder
is no ID (digits only)
is no ID and no link that holds one
is no ID and no name
is no ID of a feed, e.g. 1
is no ID of a notification
is no IP address
is no IP address like 198.51.100.7
is no IP address, e.g. 192.0.2.30
is no MAC address like 00-11-32-AA-BB-CC
is no address, e.g. http://radio.example/fm
is no address, e.g. https://feed.example/rss
is no address, e.g. https://nas.example.com/app
is no color like #499DF2
is no date like 2027-01-31
is no day of the calendar
is no email address
is no folder, e.g. downloads/new
is no name of a file
is no name: leave out slashes and control characters
is no parameter of this operation
is no path in My Drive or the team folder, e.g. /docs/old.txt
is no path on a volume, e.g. /volume1/docs/a.txt
is no place in Drive: give a path such as /mydrive/docs/plan.txt or /team-folders/Family, an ID such as id:846602240362853366, or a link from the browser
is no range of bytes, e.g. 0-1023
is no recurrence rule, e.g. FREQ=WEEKLY;BYDAY=MO
is no regular expression: {}
is no task, e.g. task-12
is not a SHA-256 fingerprint: 64 hexadecimal digits, colons allowed
is not a certificate in PEM form (-----BEGIN CERTIFICATE-----)
is not a color, e.g. #3366CC
is not a color, e.g. #FF8000
is not a date, e.g. 1980-04-23, or 04-23 without a year
is not a multiple of {}
is not a property: {}
is not a time of day, e.g. 07:30
is not a time of day, e.g. 09:00
is not a time zone, e.g. Europe/Rome
is not an ID (digits only)
is not an email address
is not in the right form
is not less than {}
is not more than {}
is not one word
is not ready
is not the ID of an occurrence, e.g. 20260704T100000 or 20260704
is not the name of an API, e.g. SYNO.FileStation.Info
is not there
is the name of a folder, without a slash
is too short: 0, or {} and more
is unknown: no such name
it begins with "{}"
it has no texts
it has {} entries, and at most {} are taken
it is not well-formed, or stops in the middle
it is still there
it is still where it was
it leaves out "{}", which is there
it leaves out the folder "{}", which can be listed
it leaves out the shared folder "{}"
it repeats too often
it took too long
its DAV server was not reached
its answer is of another form
its result is of another form
jpg jpeg jpe
left out: it would keep the NAS busy
list not whole
look-around is not possible here
msg.params is to be an object of parameters, but it is {}.
msg.parts.count is to be a whole number from 0, but it is {}.
msg.parts.index is to be a whole number from 0, but it is {}.
msg.{} was used instead of the form's "{}". This ends in a coming release: open the node, let the field take msg.{}, or let msg.params override the form.
must begin with /
n8n gives this node no address.
names more than {} paths
names no path
names no song
names no tag
names no task
needs a callback_id, since it has actions
needs a value of yours for "*"
needs a value of yours for "{}"
needs an administrator
needs another release of DSM
needs its DAV server
needs the application privilege "*"
needs the application privilege "{}"
needs the connection of a bot
needs the package "*"
needs the package "{}"
no SSO application
no session name
no time was left
nothing is at {}
nothing on this NAS fits it
nothing on this NAS for "*"
nothing on this NAS for "{}"
ogg oga opus
openid email groups
or a purpose is needed
people can write to
posts to one channel what it is sent
radio_Example FM http://radio.example/fm
references to groups are not possible here
refused calls {}{}
refused, code {}
refuses the connection
sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'
scheduled task {}
sent a damaged answer
sign in again
signed in to
songs in the {} "{}"
sso pkce broken
stopped in the middle of its answer
storage: The NAS does not know its drives yet.
synology: A call to {} failed ({}): {}
tells an address of messages that people write
tells an address when a person types the command
text outside of the root
that was made before
the NAS answered something else than a file
the NAS does not go on where it stopped
the NAS was not reached
the account may not do this
the archive has no end
the exported workflow
the file on the NAS changed meanwhile
the next poll goes on after what was told. {}
the picture has no end
the songs of a folder
the text of the sign-in
the torrent has no end
there is no event "{}"
took too long to answer
true or false
two different entries have the id {}
txt log ini conf
update the package
upload error {}
was disconnected, since the connection is no longer in use
what lists gave does not fit it
with a wrong token
{} (HTTP {}). The answer begins: {}
{} <path>, Destination, Overwrite
{} It is unknown whether the NAS carried the request out.
{} It was carried out, but what follows could not be done{}
{} It was sent again, and refused: {}
{} Names or IDs
{} Next attempt in {} ms.
{} The file was sent, and lies at "{}".
{} The link {} was made before, without password and end.
{} answers code {}
{} bytes of the {} that the file has came
{} came in {} chunks, and none said that it is the last.
{} came incomplete: {} of {} chunks, without the one of index {}.
{} cannot be opened: polling goes on without hints.
{} did not end within {} seconds and {}.
{} does not answer.
{} does not end.
{} exists already: its UID is in use.
{} failed {} within a day
{} has no WebDAV connection that can be ended{}.
{} is available
{} is encrypted: only the Chat apps can write to it.
{} is larger than the {} MB that chunks may have together.
{} is no date and time.
{} is open: events are asked for when it hints at them.
{} was changed or deleted by somebody else since it was read; nothing was written.
{} was lost by the NAS.
{} {} answers in another form
{} {} is not locked.
{} {} of {} parts were sent before{}.
{} {} on this NAS.
{} {} was carried out before.
{}: import it into a {}.
{}: {} (code 408).
`;
