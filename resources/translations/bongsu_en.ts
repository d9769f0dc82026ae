<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>AlarmPanel</name>
        <message>
            <source>Alarms</source>
            <translation>Alarms</translation>
        </message>
        <message>
            <source>priority · contact · age</source>
            <translation>priority · limit · age</translation>
        </message>
        <message>
            <source>Sort by priority, then time to contact, then age</source>
            <translation>Sort by priority, then time to the red limit, then age</translation>
        </message>
        <message>
            <source>No alarms. All is calm.</source>
            <translation>No alarms. All is calm.</translation>
        </message>
        <message>
            <source>Acknowledge a tampered strap</source>
            <translation>Acknowledge a tampered strap</translation>
        </message>
        <message>
            <source>What has been checked, and by whom?</source>
            <translation>What has been checked, and by whom?</translation>
        </message>
        <message>
            <source>The test alarm of this shift has not been run: Ctrl+Shift+T</source>
            <translation>The test alarm of this shift has not been run: Ctrl+Shift+T</translation>
        </message>
        <message>
            <source>FLOOD: work priority 1 first</source>
            <translation>FLOOD: work priority 1 first</translation>
        </message>
        <message>
            <source>This is done to each alarm by itself: choose one of them, then press the key again.</source>
            <translation>This is done to each alarm by itself: choose one of them, then press the key again.</translation>
        </message>
        <message>
            <source>{n} in {rows} rows</source>
            <translation>{n} in {rows} rows</translation>
        </message>
    </context>
    <context>
        <name>ApprovalsPanel</name>
        <message>
            <source>Requests</source>
            <translation>Requests</translation>
        </message>
        <message>
            <source>Running access</source>
            <translation>Running access</translation>
        </message>
        <message>
            <source>Nobody sees more than routine shows.</source>
            <translation>Nobody sees more than routine shows.</translation>
        </message>
        <message>
            <source>Approve</source>
            <translation>Approve</translation>
        </message>
        <message>
            <source>Narrow…</source>
            <translation>Narrow…</translation>
        </message>
        <message>
            <source>Deny</source>
            <translation>Deny</translation>
        </message>
        <message>
            <source>End now</source>
            <translation>End now</translation>
        </message>
        <message>
            <source>Review…</source>
            <translation>Review…</translation>
        </message>
        <message>
            <source>Your own request: another person decides it.</source>
            <translation>Your own request: another person decides it.</translation>
        </message>
        <message>
            <source>Running access and break-glass</source>
            <translation>Running access and break-glass</translation>
        </message>
        <message>
            <source>never</source>
            <translation>never</translation>
        </message>
        <message>
            <source>Log: verified {verified} · checkpoint {checkpoint} · copy outside {copy}</source>
            <translation>Log: verified {verified} · checkpoint {checkpoint} · copy outside {copy}</translation>
        </message>
        <message>
            <source>Choose a request to see what would be seen.</source>
            <translation>Choose a request to see what would be seen.</translation>
        </message>
        <message>
            <source>{have} of {need}: {who}</source>
            <translation>{have} of {need}: {who}</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Purpose</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>Would be seen</source>
            <translation>Would be seen</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Period</translation>
        </message>
        <message>
            <source>Access runs for</source>
            <translation>Access runs for</translation>
        </message>
        <message>
            <source>Legal paper</source>
            <translation>Legal paper</translation>
        </message>
        <message>
            <source>none</source>
            <translation>none</translation>
        </message>
        <message>
            <source>On behalf of</source>
            <translation>On behalf of</translation>
        </message>
        <message>
            <source>Approvals</source>
            <translation>Approvals</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>Decision</translation>
        </message>
        <message>
            <source>Approve this request</source>
            <translation>Approve this request</translation>
        </message>
        <message>
            <source>Deny this request</source>
            <translation>Deny this request</translation>
        </message>
        <message>
            <source>Why? The reason is kept with the request.</source>
            <translation>Why? The reason is kept with the request.</translation>
        </message>
        <message>
            <source>End this access now</source>
            <translation>End this access now</translation>
        </message>
        <message>
            <source>Why? It ends within a second.</source>
            <translation>Why? It ends within a second.</translation>
        </message>
        <message>
            <source>It was justified</source>
            <translation>It was justified</translation>
        </message>
        <message>
            <source>It was not justified</source>
            <translation>It was not justified</translation>
        </message>
        <message>
            <source>Review a use of break-glass</source>
            <translation>Review a use of break-glass</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>Why?</translation>
        </message>
        <message>
            <source>End the access that is chosen; for access that still runs</source>
            <translation>End the access that is chosen; for access that still runs</translation>
        </message>
        <message>
            <source>Say whether the chosen use of break-glass was right; for uses that nobody has reviewed yet</source>
            <translation>Say whether the chosen use of break-glass was right; for uses that nobody has reviewed yet</translation>
        </message>
        <message>
            <source>Requests · {n} to decide</source>
            <translation>Requests · {n} to decide</translation>
        </message>
    </context>
    <context>
        <name>CasePanel</name>
        <message>
            <source>Acknowledge</source>
            <translation>Acknowledge</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>Incident</translation>
        </message>
        <message>
            <source>Choose an alarm, a case on the map, or a row anywhere.</source>
            <translation>Choose an alarm, a case on the map, or a row anywhere.</translation>
        </message>
        <message>
            <source>Acknowledge {n}</source>
            <translation>Acknowledge {n}</translation>
        </message>
    </context>
    <context>
        <name>ClocksLine</name>
        <message>
            <source>measured</source>
            <translation>measured</translation>
        </message>
        <message>
            <source>received</source>
            <translation>received</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>judged</translation>
        </message>
        <message>
            <source>on screen</source>
            <translation>on screen</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>acknowledged</translation>
        </message>
        <message>
            <source>in all</source>
            <translation>in all</translation>
        </message>
        <message>
            <source>− : the clocks of device, bridge and desk do not agree</source>
            <translation>− : the clocks of device, bridge and desk do not agree</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Find an action</source>
            <translation>Find an action</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>What do you want to do?</translation>
        </message>
        <message>
            <source>Actions</source>
            <translation>Actions</translation>
        </message>
    </context>
    <context>
        <name>Desk</name>
        <message>
            <source>Starting the bridge…</source>
            <translation>Starting the bridge…</translation>
        </message>
        <message>
            <source>Reaching the bridge…</source>
            <translation>Reaching the bridge…</translation>
        </message>
        <message>
            <source>Demonstration with made-up people: logged in as {user} by itself. Ctrl+U changes to the other user.</source>
            <translation>Demonstration with made-up people: logged in as {user} by itself. Ctrl+U changes to the other user.</translation>
        </message>
        <message>
            <source>Sound works again.</source>
            <translation>Sound works again.</translation>
        </message>
        <message>
            <source>No sound device: alarms cannot be heard at this desk.</source>
            <translation>No sound device: alarms cannot be heard at this desk.</translation>
        </message>
        <message>
            <source>Something in this desk failed ({kind}). It goes on, and its log says where.</source>
            <translation>Something in this desk failed ({kind}). It goes on, and its log says where.</translation>
        </message>
    </context>
    <context>
        <name>DeviceSection</name>
        <message>
            <source>Devices</source>
            <translation>Devices</translation>
        </message>
    </context>
    <context>
        <name>EnteredLabels</name>
        <message>
            <source>Enter what no device shows · {case}</source>
            <translation>Enter what no device shows · {case}</translation>
        </message>
        <message>
            <source>What happened, and who says so? The room hears it and 112 is told, unless the device is back on.</source>
            <translation>What happened, and who says so? The room hears it and 112 is told, unless the device is back on.</translation>
        </message>
        <message>
            <source>the device is back on the wearer</source>
            <translation>the device is back on the wearer</translation>
        </message>
        <message>
            <source>the device is off with leave for {n} h</source>
            <translation>the device is off with leave for {n} h</translation>
        </message>
        <message>
            <source>the protected person cannot be reached</source>
            <translation>the protected person cannot be reached</translation>
        </message>
        <message>
            <source>the protected person refuses the device</source>
            <translation>the protected person refuses the device</translation>
        </message>
        <message>
            <source>the wearer did not come to be fitted</source>
            <translation>the wearer did not come to be fitted</translation>
        </message>
        <message>
            <source>the wearer refuses the device</source>
            <translation>the wearer refuses the device</translation>
        </message>
    </context>
    <context>
        <name>GatewayPanel</name>
        <message>
            <source>Gateways</source>
            <translation>Gateways</translation>
        </message>
        <message>
            <source>No gateway is enrolled yet: bongsu-bridge enrol-gateway lets one in.</source>
            <translation>No gateway is enrolled yet: bongsu-bridge enrol-gateway lets one in.</translation>
        </message>
    </context>
    <context>
        <name>HandOverDialog</name>
        <message>
            <source>Hand over at the end of the shift</source>
            <translation>Hand over at the end of the shift</translation>
        </message>
        <message>
            <source>Who takes over (name of the account)</source>
            <translation>Who takes over (name of the account)</translation>
        </message>
        <message>
            <source>What they must know</source>
            <translation>What they must know</translation>
        </message>
        <message>
            <source>Hand over</source>
            <translation>Hand over</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>{n} alarms and {m} incidents go over.</source>
            <translation>{n} alarms and {m} incidents go over.</translation>
        </message>
        <message>
            <source>{n} silent cases wait to be acknowledged: nobody goes before somebody has seen them.</source>
            <translation>{n} silent cases wait to be acknowledged: nobody goes before somebody has seen them.</translation>
        </message>
    </context>
    <context>
        <name>Headline</name>
        <message>
            <source>the alarm ring</source>
            <translation>the red limit</translation>
        </message>
        <message>
            <source>inside</source>
            <translation>inside</translation>
        </message>
        <message>
            <source>apart</source>
            <translation>apart</translation>
        </message>
        <message>
            <source>m/s away</source>
            <translation>m/s away</translation>
        </message>
        <message>
            <source>m/s closing</source>
            <translation>m/s closing</translation>
        </message>
        <message>
            <source>to contact</source>
            <translation>to the red limit</translation>
        </message>
    </context>
    <context>
        <name>HealthPanel</name>
        <message>
            <source>Devices</source>
            <translation>Devices</translation>
        </message>
        <message>
            <source>No device is known yet.</source>
            <translation>No device is known yet.</translation>
        </message>
    </context>
    <context>
        <name>IncidentPanel</name>
        <message>
            <source>Units</source>
            <translation>Units</translation>
        </message>
        <message>
            <source>No unit reports its position.</source>
            <translation>No unit reports its position.</translation>
        </message>
        <message>
            <source>Send unit</source>
            <translation>Send unit</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>Recall</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Close…</source>
            <translation>Close…</translation>
        </message>
        <message>
            <source>No incident is open for this case. An acknowledged red alarm opens one.</source>
            <translation>No incident is open for this case. An acknowledged red alarm opens one.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
        <message>
            <source>Who has been told</source>
            <translation>Who has been told</translation>
        </message>
        <message>
            <source>Close incident {name}</source>
            <translation>Close incident {name}</translation>
        </message>
        <message>
            <source>What was found?</source>
            <translation>What was found?</translation>
        </message>
        <message>
            <source>Nobody outside has been told yet.</source>
            <translation>Nobody outside has been told yet.</translation>
        </message>
        <message>
            <source>To say: {step}</source>
            <translation>To say: {step}</translation>
        </message>
        <message>
            <source>entry {n} of the log</source>
            <translation>entry {n} of the log</translation>
        </message>
        <message>
            <source>arrives in {span}</source>
            <translation>in {span}</translation>
        </message>
        <message>
            <source>telephone 112</source>
            <translation>telephone 112</translation>
        </message>
        <message>
            <source>not heard for {span}</source>
            <translation>not heard for {span}</translation>
        </message>
    </context>
    <context>
        <name>IncidentReport</name>
        <message>
            <source>Incident {name}</source>
            <translation>Incident {name}</translation>
        </message>
        <message>
            <source>still open</source>
            <translation>still open</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Opened</source>
            <translation>Opened</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>Closed</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>Owner</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>Outcome</translation>
        </message>
        <message>
            <source>Report made</source>
            <translation>Report made</translation>
        </message>
        <message>
            <source>The five clocks</source>
            <translation>The five clocks</translation>
        </message>
        <message>
            <source>Alarms and the figures behind them</source>
            <translation>Alarms and the figures behind them</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Steps</translation>
        </message>
        <message>
            <source>Units sent</source>
            <translation>Units sent</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Messages</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Step</translation>
        </message>
        <message>
            <source>State</source>
            <translation>State</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>By</source>
            <translation>By</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Result</translation>
        </message>
        <message>
            <source>Entry</source>
            <translation>Entry</translation>
        </message>
        <message>
            <source>Time (UTC)</source>
            <translation>Time (UTC)</translation>
        </message>
        <message>
            <source>What</source>
            <translation>What</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>How to check this report</source>
            <translation>How to check this report</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>Map</translation>
        </message>
        <message>
            <source>The entry numbers above are those of the event log, which is chained by hashes and signed (bongsu-bridge verify). The SHA-256 of this file is itself an entry of the log, written when the report was made, and the bridge has signed it: bongsu-bridge verify-report FILE --key checkpoints.pub checks the file against the signature beside it (FILE.sig). SHA-256 of the text of this report:</source>
            <translation>The entry numbers above are those of the event log, which is chained by hashes and signed (bongsu-bridge verify). The SHA-256 of this file is itself an entry of the log, written when the report was made, and the bridge has signed it: bongsu-bridge verify-report FILE --key checkpoints.pub checks the file against the signature beside it (FILE.sig). SHA-256 of the text of this report:</translation>
        </message>
    </context>
    <context>
        <name>KeySheet</name>
        <message>
            <source>Keys</source>
            <translation>Keys</translation>
        </message>
        <message>
            <source>closes this sheet</source>
            <translation>closes this sheet</translation>
        </message>
    </context>
    <context>
        <name>KpiPanel</name>
        <message>
            <source>Statistics of the shift</source>
            <translation>Statistics of the shift</translation>
        </message>
        <message>
            <source>Where most alarms come from</source>
            <translation>Where most alarms come from</translation>
        </message>
        <message>
            <source>propose a change of zone or ring</source>
            <translation>propose a change of zone or ring</translation>
        </message>
        <message>
            <source>Acknowledged</source>
            <translation>Acknowledged</translation>
        </message>
        <message>
            <source>By desk and user</source>
            <translation>By desk and user</translation>
        </message>
        <message>
            <source>Desk</source>
            <translation>Desk</translation>
        </message>
        <message>
            <source>In 30 s</source>
            <translation>In 30 s</translation>
        </message>
        <message>
            <source>In 60 s</source>
            <translation>In 60 s</translation>
        </message>
        <message>
            <source>Median</source>
            <translation>Median</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Period</translation>
        </message>
        <message>
            <source>User</source>
            <translation>User</translation>
        </message>
        <message>
            <source>all desks</source>
            <translation>all desks</translation>
        </message>
        <message>
            <source>exchange or check the device</source>
            <translation>exchange or check the device</translation>
        </message>
        <message>
            <source>last 24 hours</source>
            <translation>last 24 hours</translation>
        </message>
        <message>
            <source>last 8 hours</source>
            <translation>last 8 hours</translation>
        </message>
        <message>
            <source>review the case with its officer</source>
            <translation>review the case with its officer</translation>
        </message>
        <message>
            <source>this shift</source>
            <translation>this shift</translation>
        </message>
        <message>
            <source>{start} – {end} · counted by the bridge at {clock}</source>
            <translation>{start} – {end} · counted by the bridge at {clock}</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>Alarms</translation>
        </message>
        <message>
            <source>Alarms by 10 minutes</source>
            <translation>Alarms by 10 minutes</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Figure</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>Figures</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>From (KST)</translation>
        </message>
        <message>
            <source>Proposed cure</source>
            <translation>Proposed cure</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Value</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>acknowledged</translation>
        </message>
        <message>
            <source>alarms</source>
            <translation>alarms</translation>
        </message>
        <message>
            <source>busiest 10 min</source>
            <translation>busiest 10 min</translation>
        </message>
        <message>
            <source>each needs a plan</source>
            <translation>each needs a plan</translation>
        </message>
        <message>
            <source>median wait</source>
            <translation>median wait</translation>
        </message>
        <message>
            <source>of the time in flood</source>
            <translation>of the time in flood</translation>
        </message>
        <message>
            <source>older than 24 h</source>
            <translation>older than 24 h</translation>
        </message>
        <message>
            <source>per 10 min</source>
            <translation>per 10 min</translation>
        </message>
        <message>
            <source>target: 1</source>
            <translation>target: 1</translation>
        </message>
        <message>
            <source>target: 1%</source>
            <translation>target: 1%</translation>
        </message>
        <message>
            <source>target: 80%</source>
            <translation>target: 80%</translation>
        </message>
        <message>
            <source>target: 98.5%</source>
            <translation>target: 98.5%</translation>
        </message>
        <message>
            <source>messages to a protected person</source>
            <translation>messages to a protected person</translation>
        </message>
        <message>
            <source>most to one: {n}</source>
            <translation>most to one: {n}</translation>
        </message>
        <message>
            <source>Alarms by 10 minutes; more than 10 are a flood</source>
            <translation>Alarms by 10 minutes; more than 10 are a flood</translation>
        </message>
        <message>
            <source>flood: more than 10</source>
            <translation>flood: more than 10</translation>
        </message>
        <message>
            <source>have the bridge and its links checked</source>
            <translation>have the bridge and its links checked</translation>
        </message>
        <message>
            <source>How soon alarms were on a screen</source>
            <translation>How soon alarms were on a screen</translation>
        </message>
        <message>
            <source>Counted from</source>
            <translation>Counted from</translation>
        </message>
        <message>
            <source>Alarms shown</source>
            <translation>Alarms shown</translation>
        </message>
        <message>
            <source>receipt at the bridge</source>
            <translation>receipt at the bridge</translation>
        </message>
        <message>
            <source>the moment it happened</source>
            <translation>the moment it happened</translation>
        </message>
        <message>
            <source>Save PDF…</source>
            <translation>Save PDF…</translation>
        </message>
        <message>
            <source>Save CSV…</source>
            <translation>Save CSV…</translation>
        </message>
        <message>
            <source>of these within 30 s</source>
            <translation>of these within 30 s</translation>
        </message>
        <message>
            <source>of these within 60 s</source>
            <translation>of these within 60 s</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>Target</translation>
        </message>
        <message>
            <source>Within target</source>
            <translation>Within target</translation>
        </message>
    </context>
    <context>
        <name>LastList</name>
        <message>
            <source>Print the list? This desk keeps no file of it, but a printing system may keep its jobs.</source>
            <translation>Print the list? This desk keeps no file of it, but a printing system may keep its jobs.</translation>
        </message>
        <message>
            <source>A saved list is not encrypted, and this desk deletes it after 24 hours.</source>
            <translation>A saved list is not encrypted, and this desk deletes it after 24 hours.</translation>
        </message>
        <message>
            <source>Print…</source>
            <translation>Print…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Save for 24 hours…</source>
            <translation>Save for 24 hours…</translation>
        </message>
        <message>
            <source>The list was not printed: the printer does not answer.</source>
            <translation>The list was not printed: the printer does not answer.</translation>
        </message>
        <message>
            <source>Sent to the printer; the SHA-256 at the foot of each page is in the log.</source>
            <translation>Sent to the printer; the SHA-256 at the foot of each page is in the log.</translation>
        </message>
        <message>
            <source>Saved, not encrypted, and its SHA-256 is in the log. This desk deletes the file at {when}.</source>
            <translation>Saved, not encrypted, and its SHA-256 is in the log. This desk deletes the file at {when}.</translation>
        </message>
        <message>
            <source>Done, but the bridge did not enter it in the log. SHA-256: {digest}</source>
            <translation>Done, but the bridge did not enter it in the log. SHA-256: {digest}</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Bongsu</source>
            <translation>Bongsu</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>Alarms</translation>
        </message>
        <message>
            <source>Silent cases</source>
            <translation>Silent cases</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Devices</translation>
        </message>
        <message>
            <source>Gateways</source>
            <translation>Gateways</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>Charts</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>Incident</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>EXERCISE</translation>
        </message>
        <message>
            <source>REPLAY</source>
            <translation>REPLAY</translation>
        </message>
        <message>
            <source>Time bar</source>
            <translation>Time bar</translation>
        </message>
        <message>
            <source>App</source>
            <translation>App</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>Exercise</translation>
        </message>
        <message>
            <source>own scenario, not signed</source>
            <translation>own scenario, not signed</translation>
        </message>
    </context>
    <context>
        <name>MapTexts</name>
        <message>
            <source>Layers</source>
            <translation>Layers</translation>
        </message>
        <message>
            <source>Choose what the map shows</source>
            <translation>Choose what the map shows</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Fit</translation>
        </message>
        <message>
            <source>Show the whole case, or everybody (F)</source>
            <translation>Show the whole case, or everybody (F)</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>Follow</translation>
        </message>
        <message>
            <source>Keep the selected person in the middle</source>
            <translation>Keep the selected person in the middle</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Measure</translation>
        </message>
        <message>
            <source>Measure a distance: click points, double-click the last</source>
            <translation>Measure a distance: click points, double-click the last</translation>
        </message>
        <message>
            <source>Closer</source>
            <translation>Closer</translation>
        </message>
        <message>
            <source>Farther</source>
            <translation>Farther</translation>
        </message>
        <message>
            <source>REPLAY</source>
            <translation>REPLAY</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>EXERCISE</translation>
        </message>
        <message>
            <source>Trails</source>
            <translation>Trails</translation>
        </message>
        <message>
            <source>Zones of all cases</source>
            <translation>Zones of all cases</translation>
        </message>
        <message>
            <source>Rings</source>
            <translation>Rings</translation>
        </message>
        <message>
            <source>Accuracy circles</source>
            <translation>Accuracy circles</translation>
        </message>
        <message>
            <source>Place names</source>
            <translation>Place names</translation>
        </message>
        <message>
            <source>Police units</source>
            <translation>Police units</translation>
        </message>
        <message>
            <source>Known addresses</source>
            <translation>Known addresses</translation>
        </message>
        <message>
            <source>Rejected positions</source>
            <translation>Rejected positions</translation>
        </message>
        <message>
            <source>Group far out</source>
            <translation>Group far out</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Work</translation>
        </message>
        <message>
            <source>School</source>
            <translation>School</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Address</translation>
        </message>
        <message>
            <source>No-entry zone</source>
            <translation>No-entry zone</translation>
        </message>
        <message>
            <source>Stay-in zone</source>
            <translation>Stay-in zone</translation>
        </message>
        <message>
            <source>not in force now</source>
            <translation>not in force now</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Who</translation>
        </message>
        <message>
            <source>Wearer</source>
            <translation>Wearer</translation>
        </message>
        <message>
            <source>Protected person</source>
            <translation>Protected person</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Age</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>Measured</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Speed</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>Accuracy</translation>
        </message>
        <message>
            <source>State</source>
            <translation>State</translation>
        </message>
        <message>
            <source>Position is old</source>
            <translation>Position is old</translation>
        </message>
        <message>
            <source>No signal</source>
            <translation>No signal</translation>
        </message>
        <message>
            <source>Could be within</source>
            <translation>Could be within</translation>
        </message>
        <message>
            <source>People</source>
            <translation>People</translation>
        </message>
        <message>
            <source>{n} m</source>
            <translation>{n} m</translation>
        </message>
        <message>
            <source>{n} km</source>
            <translation>{n} km</translation>
        </message>
        <message>
            <source>{n} m/s</source>
            <translation>{n} m/s</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{m} min</source>
            <translation>{m} min</translation>
        </message>
        <message>
            <source>{m} min {s} s</source>
            <translation>{m} min {s} s</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} h {m} min</translation>
        </message>
        <message>
            <source>{n} d</source>
            <translation>{n} d</translation>
        </message>
        <message>
            <source>{span} ago</source>
            <translation>{span} ago</translation>
        </message>
        <message>
            <source>contact in {span}</source>
            <translation>red limit in {span}</translation>
        </message>
        <message>
            <source>Curfew</source>
            <translation>Curfew</translation>
        </message>
        <message>
            <source>Natural Earth; 통계청 SGIS 2018 (공공누리 제1유형)</source>
            <translation>Natural Earth; KOSTAT SGIS 2018 (KOGL 1)</translation>
        </message>
        <message>
            <source>© OpenStreetMap contributors (ODbL)</source>
            <translation>© OpenStreetMap contributors (ODbL)</translation>
        </message>
        <message>
            <source>EXERCISE · REPLAY</source>
            <translation>EXERCISE · REPLAY</translation>
        </message>
        <message>
            <source>Case, person, device, place</source>
            <translation>Case, person, device, place</translation>
        </message>
        <message>
            <source>Search case, person, device, place (/)</source>
            <translation>Search case, person, device, place (/)</translation>
        </message>
    </context>
    <context>
        <name>MapWatch</name>
        <message>
            <source>The map does not keep up. Alarms, charts and sound go on.</source>
            <translation>The map does not keep up. Alarms, charts and sound go on.</translation>
        </message>
    </context>
    <context>
        <name>NarrowDialog</name>
        <message>
            <source>Narrow this request</source>
            <translation>Narrow this request</translation>
        </message>
        <message>
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <source>Access runs for</source>
            <translation>Access runs for</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>Approve narrowed</source>
            <translation>Approve narrowed</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Would be seen</source>
            <translation>Would be seen</translation>
        </message>
    </context>
    <context>
        <name>NotLiveOverlay</name>
        <message>
            <source>Picture of {time}.</source>
            <translation>Picture of {time}.</translation>
        </message>
        <message>
            <source>NOT LIVE for {span}</source>
            <translation>NOT LIVE for {span}</translation>
        </message>
    </context>
    <context>
        <name>Operations</name>
        <message>
            <source>Map for the wall</source>
            <translation>Map for the wall</translation>
        </message>
        <message>
            <source>Close {kind} · {case}</source>
            <translation>Close {kind} · {case}</translation>
        </message>
        <message>
            <source>What was found?</source>
            <translation>What was found?</translation>
        </message>
        <message>
            <source>Whose life depends on it, and why now? The supervisor is told at once.</source>
            <translation>Whose life depends on it, and why now? The supervisor is told at once.</translation>
        </message>
        <message>
            <source>Break glass</source>
            <translation>Break glass</translation>
        </message>
        <message>
            <source>The report was not saved: {why}</source>
            <translation>The report was not saved: {why}</translation>
        </message>
        <message>
            <source>About Bongsu</source>
            <translation>About Bongsu</translation>
        </message>
        <message>
            <source>Bongsu (봉수), the desk of a control room.
Base map © OpenStreetMap contributors (ODbL). Font Noto Sans CJK (OFL).</source>
            <translation>Bongsu (봉수), the desk of a control room.
Base map © OpenStreetMap contributors (ODbL). Font Noto Sans CJK (OFL).</translation>
        </message>
        <message>
            <source>The report is saved, but the bridge did not sign it.</source>
            <translation>The report is saved, but the bridge did not sign it.</translation>
        </message>
        <message>
            <source>The report is saved, its hash is in the log, and the bridge's signature is beside it ({name}).</source>
            <translation>The report is saved, its hash is in the log, and the bridge's signature is beside it ({name}).</translation>
        </message>
        <message>
            <source>Close the recording first: this list says where people are last known now, and a recording shows the past.</source>
            <translation>Close the recording first: this list says where people are last known now, and a recording shows the past.</translation>
        </message>
    </context>
    <context>
        <name>OrderSection</name>
        <message>
            <source>Order</source>
            <translation>Order</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} to {end}</translation>
        </message>
        <message>
            <source>{period} · not in force</source>
            <translation>{period} · not in force</translation>
        </message>
        <message>
            <source>Missing: {what}</source>
            <translation>Missing: {what}</translation>
        </message>
        <message>
            <source>{distance} around {person}: {effect}</source>
            <translation>{distance} around {person}: {effect}</translation>
        </message>
        <message>
            <source>radius {distance}</source>
            <translation>radius {distance}</translation>
        </message>
        <message>
            <source>not now</source>
            <translation>not now</translation>
        </message>
        <message>
            <source>extended {n} ×</source>
            <translation>extended {n} ×</translation>
        </message>
        <message>
            <source>from {start}</source>
            <translation>from {start}</translation>
        </message>
        <message>
            <source>until {end}</source>
            <translation>until {end}</translation>
        </message>
    </context>
    <context>
        <name>PageLife</name>
        <message>
            <source>The map does not start. The alarm list and the sound go on without it.</source>
            <translation>The map does not start. The alarm list and the sound go on without it.</translation>
        </message>
        <message>
            <source>Start the map again</source>
            <translation>Start the map again</translation>
        </message>
    </context>
    <context>
        <name>PasswordDialog</name>
        <message>
            <source>Choose another password</source>
            <translation>Choose another password</translation>
        </message>
        <message>
            <source>Password until now</source>
            <translation>Password until now</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>New password</translation>
        </message>
        <message>
            <source>New password again</source>
            <translation>New password again</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>Confirm</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
    </context>
    <context>
        <name>PeopleSection</name>
        <message>
            <source>People</source>
            <translation>People</translation>
        </message>
        <message>
            <source>nothing on file</source>
            <translation>nothing on file</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Address</translation>
        </message>
        <message>
            <source>Show it; that you looked is written into the log</source>
            <translation>Show it; that you looked is written into the log</translation>
        </message>
        <message>
            <source>Consent…</source>
            <translation>Consent…</translation>
        </message>
        <message>
            <source>1 phone</source>
            <translation>1 phone</translation>
        </message>
        <message>
            <source>{n} phones</source>
            <translation>{n} phones</translation>
        </message>
        <message>
            <source>show</source>
            <translation>show</translation>
        </message>
    </context>
    <context>
        <name>ReasonDialog</name>
        <message>
            <source>Confirm</source>
            <translation>Confirm</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>for {n} minutes</source>
            <translation>for {n} minutes</translation>
        </message>
        <message>
            <source>Put this alarm aside</source>
            <translation>Put this alarm aside</translation>
        </message>
        <message>
            <source>Why may it wait? It comes back by itself.</source>
            <translation>Why may it wait? It comes back by itself.</translation>
        </message>
    </context>
    <context>
        <name>RecordingDialog</name>
        <message>
            <source>Replay a recording</source>
            <translation>Replay a recording</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Open</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Requires an active grant for recordings. Live monitoring continues without this desk.</source>
            <translation>Requires an active grant for recordings. Live monitoring continues without this desk.</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>From (KST)</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>To (KST)</translation>
        </message>
        <message>
            <source>leave empty for your own view</source>
            <translation>leave empty for your own view</translation>
        </message>
        <message>
            <source>As this user saw it then (account)</source>
            <translation>As this user saw it then (account)</translation>
        </message>
    </context>
    <context>
        <name>ReplayBar</name>
        <message>
            <source>Play</source>
            <translation>Play</translation>
        </message>
        <message>
            <source>Back to the live room</source>
            <translation>Back to the live room</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Speed</translation>
        </message>
        <message>
            <source>REPLAY</source>
            <translation>REPLAY</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>EXERCISE</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Loop</translation>
        </message>
        <message>
            <source>End loop</source>
            <translation>End loop</translation>
        </message>
        <message>
            <source>Bookmark</source>
            <translation>Bookmark</translation>
        </message>
        <message>
            <source>What if…</source>
            <translation>What if…</translation>
        </message>
        <message>
            <source>Play a part again and again: drag over the time bar with Shift, or press here for the whole</source>
            <translation>Play a part again and again: drag over the time bar with Shift, or press here for the whole</translation>
        </message>
        <message>
            <source>To the alarm before</source>
            <translation>To the alarm before</translation>
        </message>
        <message>
            <source>To the position before</source>
            <translation>To the position before</translation>
        </message>
        <message>
            <source>To the next position</source>
            <translation>To the next position</translation>
        </message>
        <message>
            <source>To the next alarm</source>
            <translation>To the next alarm</translation>
        </message>
        <message>
            <source>as {user} saw it</source>
            <translation>as {user} saw it</translation>
        </message>
        <message>
            <source>{user} sat at no desk then</source>
            <translation>{user} sat at no desk then</translation>
        </message>
        <message>
            <source>Bookmark at {time}</source>
            <translation>Bookmark at {time}</translation>
        </message>
        <message>
            <source>What is to be seen here? Codes, no names.</source>
            <translation>What is to be seen here? Codes, no names.</translation>
        </message>
        <message>
            <source>A second back</source>
            <translation>A second back</translation>
        </message>
        <message>
            <source>A second ahead</source>
            <translation>A second ahead</translation>
        </message>
        <message>
            <source>▲ red   ◆ amber   ● technical   ❘ act   ⚑ bookmark   ◇ what if</source>
            <translation>▲ red   ◆ amber   ● technical   ❘ act   ⚑ bookmark   ◇ what if</translation>
        </message>
    </context>
    <context>
        <name>RequestDialog</name>
        <message>
            <source>Request access</source>
            <translation>Request access</translation>
        </message>
        <message>
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <source>Send request</source>
            <translation>Send request</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>About whom</source>
            <translation>About whom</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Purpose</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>From (KST)</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>To (KST)</translation>
        </message>
        <message>
            <source>Access runs for</source>
            <translation>Access runs for</translation>
        </message>
        <message>
            <source>Legal paper</source>
            <translation>Legal paper</translation>
        </message>
        <message>
            <source>On behalf of</source>
            <translation>On behalf of</translation>
        </message>
        <message>
            <source>Request access · {case}</source>
            <translation>Request access · {case}</translation>
        </message>
        <message>
            <source>What should be seen</source>
            <translation>What should be seen</translation>
        </message>
        <message>
            <source>Another person decides. The request lapses undecided after 24 hours.</source>
            <translation>Another person decides. The request lapses undecided after 24 hours.</translation>
        </message>
        <message>
            <source>please choose</source>
            <translation>please choose</translation>
        </message>
    </context>
    <context>
        <name>SearchDialog</name>
        <message>
            <source>Search</source>
            <translation>Search</translation>
        </message>
        <message>
            <source>Case, person, device, place</source>
            <translation>Case, person, device, place</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Found</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Device</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Place</translation>
        </message>
        <message>
            <source>Nothing found that you may see.</source>
            <translation>Nothing found that you may see.</translation>
        </message>
    </context>
    <context>
        <name>SignIn</name>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Password</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>Log in</translation>
        </message>
        <message>
            <source>Bongsu</source>
            <translation>Bongsu</translation>
        </message>
        <message>
            <source>Who is at this desk?</source>
            <translation>Who is at this desk?</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Unlock</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>Locked</translation>
        </message>
        <message>
            <source>{user} is logged in. Alarms still sound and escalate.</source>
            <translation>{user} is logged in. Alarms still sound and escalate.</translation>
        </message>
        <message>
            <source>Somebody else logs in</source>
            <translation>Somebody else logs in</translation>
        </message>
        <message>
            <source>{n} red to acknowledge, {sos} of them SOS; the oldest for {span}</source>
            <translation>{n} red to acknowledge, {sos} of them SOS; the oldest for {span}</translation>
        </message>
        <message>
            <source>{n} red to acknowledge; the oldest for {span}</source>
            <translation>{n} red to acknowledge; the oldest for {span}</translation>
        </message>
    </context>
    <context>
        <name>SilentPanel</name>
        <message>
            <source>Silent cases</source>
            <translation>Silent cases</translation>
        </message>
        <message>
            <source>No silent cases.</source>
            <translation>No silent cases.</translation>
        </message>
        <message>
            <source>No silent case: every wearer under an order is reporting.</source>
            <translation>No silent case: every wearer under an order is reporting.</translation>
        </message>
    </context>
    <context>
        <name>StepLine</name>
        <message>
            <source>Record</source>
            <translation>Record</translation>
        </message>
        <message>
            <source>Automatic notice failed · telephone</source>
            <translation>Automatic notice failed · telephone</translation>
        </message>
    </context>
    <context>
        <name>StepsSection</name>
        <message>
            <source>Next steps</source>
            <translation>Next steps</translation>
        </message>
        <message>
            <source>No step is asked for.</source>
            <translation>No step is asked for.</translation>
        </message>
        <message>
            <source>With a note…</source>
            <translation>With a note…</translation>
        </message>
        <message>
            <source>What should the timeline say?</source>
            <translation>What should the timeline say?</translation>
        </message>
        <message>
            <source>At this moment nobody had acknowledged it yet.</source>
            <translation>At this moment nobody had acknowledged it yet.</translation>
        </message>
        <message>
            <source>Told: {who}</source>
            <translation>Told: {who}</translation>
        </message>
        <message>
            <source>Nobody has been told yet.</source>
            <translation>Nobody has been told yet.</translation>
        </message>
        <message>
            <source>The police have not been told: the notice leaves when you acknowledge.</source>
            <translation>The police have not been told: the notice leaves when you acknowledge.</translation>
        </message>
        <message>
            <source>Acknowledge with Space: it is yours then, and these steps begin:</source>
            <translation>Acknowledge with Space: it is yours then, and these steps begin:</translation>
        </message>
        <message>
            <source>Acknowledge with Space: it is yours then.</source>
            <translation>Acknowledge with Space: it is yours then.</translation>
        </message>
        <message>
            <source>Nothing can be acknowledged or recorded here until the bridge is heard again.</source>
            <translation>Nothing can be acknowledged or recorded here until the bridge is heard again.</translation>
        </message>
    </context>
    <context>
        <name>TimeStrip</name>
        <message>
            <source>Time bar</source>
            <translation>Time bar</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Lock</source>
            <translation>Lock</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menu</translation>
        </message>
        <message>
            <source>Bongsu</source>
            <translation>Bongsu</translation>
        </message>
        <message>
            <source>Mon</source>
            <translation>Mon</translation>
        </message>
        <message>
            <source>Tue</source>
            <translation>Tue</translation>
        </message>
        <message>
            <source>Wed</source>
            <translation>Wed</translation>
        </message>
        <message>
            <source>Thu</source>
            <translation>Thu</translation>
        </message>
        <message>
            <source>Fri</source>
            <translation>Fri</translation>
        </message>
        <message>
            <source>Sat</source>
            <translation>Sat</translation>
        </message>
        <message>
            <source>Sun</source>
            <translation>Sun</translation>
        </message>
        <message>
            <source>{weekday} {date}</source>
            <translation>{weekday} {date}</translation>
        </message>
        <message>
            <source>Gateways</source>
            <translation>Gateways</translation>
        </message>
        <message>
            <source>Fixes</source>
            <translation>Fixes</translation>
        </message>
        <message>
            <source>Silent</source>
            <translation>Silent</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>Cases</translation>
        </message>
        <message>
            <source>behind by {span}</source>
            <translation>behind by {span}</translation>
        </message>
        <message>
            <source>{n} to acknowledge</source>
            <translation>{n} to acknowledge</translation>
        </message>
        <message>
            <source>{n} to look at</source>
            <translation>{n} to look at</translation>
        </message>
        <message>
            <source>Seat {seat}</source>
            <translation>Seat {seat}</translation>
        </message>
        <message>
            <source>{n} technical</source>
            <translation>{n} technical</translation>
        </message>
        <message>
            <source>No sound</source>
            <translation>No sound</translation>
        </message>
        <message>
            <source>No sound device: alarms cannot be heard at this desk.</source>
            <translation>No sound device: alarms cannot be heard at this desk.</translation>
        </message>
        <message>
            <source>no red to acknowledge</source>
            <translation>no red to acknowledge</translation>
        </message>
        <message>
            <source>no amber to acknowledge</source>
            <translation>no amber to acknowledge</translation>
        </message>
    </context>
    <context>
        <name>TrendChart</name>
        <message>
            <source>Charts of speed, distance and certainty</source>
            <translation>Charts of speed, distance and certainty</translation>
        </message>
        <message>
            <source>Speed  m/s</source>
            <translation>Speed  m/s</translation>
        </message>
        <message>
            <source>Closing  m/s</source>
            <translation>Closing  m/s</translation>
        </message>
        <message>
            <source>— wearer</source>
            <translation>— wearer</translation>
        </message>
        <message>
            <source>— protected person</source>
            <translation>— protected person</translation>
        </message>
        <message>
            <source>15 min</source>
            <translation>15 min</translation>
        </message>
        <message>
            <source>1 h</source>
            <translation>1 h</translation>
        </message>
        <message>
            <source>6 h</source>
            <translation>6 h</translation>
        </message>
        <message>
            <source>closing {speed}</source>
            <translation>closing {speed}</translation>
        </message>
        <message>
            <source>in a zone {share}</source>
            <translation>in a zone {share}</translation>
        </message>
        <message>
            <source>in a ring {share}</source>
            <translation>in a ring {share}</translation>
        </message>
        <message>
            <source>left {share}</source>
            <translation>left {share}</translation>
        </message>
        <message>
            <source>left a zone {share}</source>
            <translation>left a zone {share}</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>Distance</translation>
        </message>
        <message>
            <source>Likelihood of being inside  %   — a zone   ┄ a ring</source>
            <translation>Likelihood of being inside  %   — a zone   ┄ a ring</translation>
        </message>
        <message>
            <source>amber {share}</source>
            <translation>amber {share}</translation>
        </message>
        <message>
            <source>red {share}</source>
            <translation>red {share}</translation>
        </message>
        <message>
            <source>Inside  %   — zone   ┄ ring</source>
            <translation>Inside  %   — zone   ┄ ring</translation>
        </message>
    </context>
    <context>
        <name>UnitOrders</name>
        <message>
            <source>Units that were sent</source>
            <translation>Units that were sent</translation>
        </message>
    </context>
    <context>
        <name>WhySection</name>
        <message>
            <source>Why</source>
            <translation>Why</translation>
        </message>
        <message>
            <source>By law: {label}</source>
            <translation>By law: {label}</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>Desk</source>
            <translation>Desk</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>Alarm</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>Incident</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>View</source>
            <translation>View</translation>
        </message>
        <message>
            <source>Replay and exercise</source>
            <translation>Replay and exercise</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Help</translation>
        </message>
        <message>
            <source>Acknowledge the alarm</source>
            <translation>Acknowledge the alarm</translation>
        </message>
        <message>
            <source>Open the alarm or incident</source>
            <translation>Open the alarm or incident</translation>
        </message>
        <message>
            <source>Go to the next unacknowledged alarm</source>
            <translation>Go to the next unacknowledged alarm</translation>
        </message>
        <message>
            <source>Put the alarm aside, or bring it back</source>
            <translation>Put the alarm aside, or bring it back</translation>
        </message>
        <message>
            <source>Take the alarm over</source>
            <translation>Take the alarm over</translation>
        </message>
        <message>
            <source>Close the alarm with an outcome</source>
            <translation>Close the alarm with an outcome</translation>
        </message>
        <message>
            <source>Sort alarms by priority, time to red limit, age</source>
            <translation>Sort alarms by priority, time to red limit, age</translation>
        </message>
        <message>
            <source>Go to the alarm list</source>
            <translation>Go to the alarm list</translation>
        </message>
        <message>
            <source>Run the test alarm of the shift</source>
            <translation>Run the test alarm of the shift</translation>
        </message>
        <message>
            <source>Record the next open step</source>
            <translation>Record the next open step</translation>
        </message>
        <message>
            <source>Send the chosen or fastest unit</source>
            <translation>Send the chosen or fastest unit</translation>
        </message>
        <message>
            <source>Recall the chosen unit</source>
            <translation>Recall the chosen unit</translation>
        </message>
        <message>
            <source>Write a note into the timeline</source>
            <translation>Write a note into the timeline</translation>
        </message>
        <message>
            <source>Close the incident with an outcome</source>
            <translation>Close the incident with an outcome</translation>
        </message>
        <message>
            <source>Save the incident report as PDF</source>
            <translation>Save the incident report as PDF</translation>
        </message>
        <message>
            <source>Hand over at the end of the shift</source>
            <translation>Hand over at the end of the shift</translation>
        </message>
        <message>
            <source>Ask the wearer's device for a position now</source>
            <translation>Ask the wearer's device for a position now</translation>
        </message>
        <message>
            <source>Request access to more data</source>
            <translation>Request access to more data</translation>
        </message>
        <message>
            <source>Break glass: see now, be reviewed later</source>
            <translation>Break glass: see now, be reviewed later</translation>
        </message>
        <message>
            <source>Hide shown names and numbers</source>
            <translation>Hide shown names and numbers</translation>
        </message>
        <message>
            <source>Monitor</source>
            <translation>Monitor</translation>
        </message>
        <message>
            <source>Approvals</source>
            <translation>Approvals</translation>
        </message>
        <message>
            <source>Statistics of the shift</source>
            <translation>Statistics of the shift</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>Charts</translation>
        </message>
        <message>
            <source>Silent cases</source>
            <translation>Silent cases</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Devices</translation>
        </message>
        <message>
            <source>Gateways</source>
            <translation>Gateways</translation>
        </message>
        <message>
            <source>Search case, person, device, place</source>
            <translation>Search case, person, device, place</translation>
        </message>
        <message>
            <source>Show the whole case on the map</source>
            <translation>Show the whole case on the map</translation>
        </message>
        <message>
            <source>Charts: last 15 minutes</source>
            <translation>Charts: last 15 minutes</translation>
        </message>
        <message>
            <source>Charts: last hour</source>
            <translation>Charts: last hour</translation>
        </message>
        <message>
            <source>Charts: last 6 hours</source>
            <translation>Charts: last 6 hours</translation>
        </message>
        <message>
            <source>Move this part into a window of its own, or back</source>
            <translation>Move this part into a window of its own, or back</translation>
        </message>
        <message>
            <source>Open a second map for the wall</source>
            <translation>Open a second map for the wall</translation>
        </message>
        <message>
            <source>Replay a recording</source>
            <translation>Replay a recording</translation>
        </message>
        <message>
            <source>Play or pause the recording</source>
            <translation>Play or pause the recording</translation>
        </message>
        <message>
            <source>Back to the live room</source>
            <translation>Back to the live room</translation>
        </message>
        <message>
            <source>Put all parts back in place</source>
            <translation>Put all parts back in place</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Full screen</translation>
        </message>
        <message>
            <source>Night or day</source>
            <translation>Night or day</translation>
        </message>
        <message>
            <source>한국어 / English</source>
            <translation>한국어 / English</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menu</translation>
        </message>
        <message>
            <source>Find an action</source>
            <translation>Find an action</translation>
        </message>
        <message>
            <source>Silence the sound; it is not an acknowledgement</source>
            <translation>Silence the sound; it is not an acknowledgement</translation>
        </message>
        <message>
            <source>Lock the desk</source>
            <translation>Lock the desk</translation>
        </message>
        <message>
            <source>Demonstration: become the other user</source>
            <translation>Demonstration: become the other user</translation>
        </message>
        <message>
            <source>Choose another password</source>
            <translation>Choose another password</translation>
        </message>
        <message>
            <source>Log out</source>
            <translation>Log out</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>Close the window</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Keys</translation>
        </message>
        <message>
            <source>About Bongsu</source>
            <translation>About Bongsu</translation>
        </message>
        <message>
            <source>Ledger and access review</source>
            <translation>Ledger and access review</translation>
        </message>
        <message>
            <source>Recording: next position</source>
            <translation>Recording: next position</translation>
        </message>
        <message>
            <source>Recording: previous position</source>
            <translation>Recording: previous position</translation>
        </message>
        <message>
            <source>Recording: next alarm</source>
            <translation>Recording: next alarm</translation>
        </message>
        <message>
            <source>Recording: previous alarm</source>
            <translation>Recording: previous alarm</translation>
        </message>
        <message>
            <source>Recording: loop on or off</source>
            <translation>Recording: loop on or off</translation>
        </message>
        <message>
            <source>Recording: bookmark this moment</source>
            <translation>Recording: bookmark this moment</translation>
        </message>
        <message>
            <source>What the protected person's app shows</source>
            <translation>What the protected person's app shows</translation>
        </message>
        <message>
            <source>State of the log and retention</source>
            <translation>State of the log and retention</translation>
        </message>
        <message>
            <source>Recording: what if the rules were different</source>
            <translation>Recording: what if the rules were different</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>Exercise</translation>
        </message>
        <message>
            <source>Debrief of the exercise</source>
            <translation>Debrief of the exercise</translation>
        </message>
        <message>
            <source>Confirm that an export is destroyed</source>
            <translation>Confirm that an export is destroyed</translation>
        </message>
        <message>
            <source>Hand out positions under running access</source>
            <translation>Hand out positions under running access</translation>
        </message>
        <message>
            <source>Choose where to send units</source>
            <translation>Choose where to send units</translation>
        </message>
        <message>
            <source>Compare incidents in one chart</source>
            <translation>Compare incidents in one chart</translation>
        </message>
        <message>
            <source>Save the incident as one picture</source>
            <translation>Save the incident as one picture</translation>
        </message>
        <message>
            <source>Take back what is not sent yet</source>
            <translation>Take back what is not sent yet</translation>
        </message>
        <message>
            <source>Short tour of the desk</source>
            <translation>Short tour of the desk</translation>
        </message>
        <message>
            <source>Exercise: write scenarios</source>
            <translation>Exercise: write scenarios</translation>
        </message>
        <message>
            <source>Enter what no device shows</source>
            <translation>Enter what no device shows</translation>
        </message>
        <message>
            <source>Print or save everybody's last known position</source>
            <translation>Print or save everybody's last known position</translation>
        </message>
        <message>
            <source>Fold the alarms of one cause</source>
            <translation>Fold the alarms of one cause</translation>
        </message>
        <message>
            <source>Unfold a row of several alarms</source>
            <translation>Unfold a row of several alarms</translation>
        </message>
    </context>
    <context>
        <name>because</name>
        <message>
            <source>cause</source>
            <translation>cause</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>visits</translation>
        </message>
        <message>
            <source>way</source>
            <translation>way</translation>
        </message>
        <message>
            <source>together</source>
            <translation>together</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>threshold</translation>
        </message>
        <message>
            <source>stayed today</source>
            <translation>stayed today</translation>
        </message>
        <message>
            <source>stayed for</source>
            <translation>stayed for</translation>
        </message>
        <message>
            <source>not heard for</source>
            <translation>not heard for</translation>
        </message>
        <message>
            <source>apart for</source>
            <translation>apart for</translation>
        </message>
        <message>
            <source>way of moving</source>
            <translation>way of moving</translation>
        </message>
        <message>
            <source>certainty of the way of moving</source>
            <translation>certainty of the way of moving</translation>
        </message>
        <message>
            <source>lost for</source>
            <translation>lost for</translation>
        </message>
        <message>
            <source>last known position</source>
            <translation>last known position</translation>
        </message>
        <message>
            <source>lag</source>
            <translation>lag</translation>
        </message>
        <message>
            <source>speed of the jump</source>
            <translation>speed of the jump</translation>
        </message>
        <message>
            <source>jammed</source>
            <translation>jammed</translation>
        </message>
        <message>
            <source>usual interval</source>
            <translation>usual interval</translation>
        </message>
        <message>
            <source>share of shifted positions</source>
            <translation>share of shifted positions</translation>
        </message>
        <message>
            <source>contact within</source>
            <translation>contact within</translation>
        </message>
        <message>
            <source>wearer's share of the closing</source>
            <translation>wearer's share of the closing</translation>
        </message>
        <message>
            <source>charging</source>
            <translation>charging</translation>
        </message>
        <message>
            <source>within</source>
            <translation>within</translation>
        </message>
        <message>
            <source>rule</source>
            <translation>rule</translation>
        </message>
        <message>
            <source>distance of the wearer</source>
            <translation>distance of the wearer</translation>
        </message>
        <message>
            <source>error of the wearer's distance</source>
            <translation>error of the wearer's distance</translation>
        </message>
        <message>
            <source>probability</source>
            <translation>probability</translation>
        </message>
        <message>
            <source>positions used</source>
            <translation>positions used</translation>
        </message>
        <message>
            <source>distance</source>
            <translation>distance</translation>
        </message>
        <message>
            <source>error of the distance</source>
            <translation>error of the distance</translation>
        </message>
        <message>
            <source>distance then</source>
            <translation>distance then</translation>
        </message>
        <message>
            <source>error of the distance then</source>
            <translation>error of the distance then</translation>
        </message>
        <message>
            <source>No position alone shows it: between the positions of {way_from_us} and {way_until_us} the way most likely led through the zone at about {way_us} (calculated, {way_probability}).</source>
            <translation>No position alone shows it: between the positions of {way_from_us} and {way_until_us} the way most likely led through the zone at about {way_us} (calculated, {way_probability}).</translation>
        </message>
        <message>
            <source>distance to the edge</source>
            <translation>distance to the edge</translation>
        </message>
        <message>
            <source>accuracy</source>
            <translation>accuracy</translation>
        </message>
        <message>
            <source>spread of the position</source>
            <translation>spread of the position</translation>
        </message>
        <message>
            <source>ring</source>
            <translation>ring</translation>
        </message>
        <message>
            <source>limit</source>
            <translation>limit</translation>
        </message>
        <message>
            <source>warning band</source>
            <translation>warning band</translation>
        </message>
        <message>
            <source>could have come</source>
            <translation>could have come</translation>
        </message>
        <message>
            <source>error of the wearer's position</source>
            <translation>error of the wearer's position</translation>
        </message>
        <message>
            <source>error of the protected person's position</source>
            <translation>error of the protected person's position</translation>
        </message>
        <message>
            <source>closest approach</source>
            <translation>closest approach</translation>
        </message>
        <message>
            <source>closing speed</source>
            <translation>closing speed</translation>
        </message>
        <message>
            <source>speed</source>
            <translation>speed</translation>
        </message>
        <message>
            <source>limit reached in</source>
            <translation>limit reached in</translation>
        </message>
        <message>
            <source>0 s, already inside</source>
            <translation>0 s, already inside</translation>
        </message>
        <message>
            <source>age of the position</source>
            <translation>age of the position</translation>
        </message>
        <message>
            <source>came late by</source>
            <translation>came late by</translation>
        </message>
        <message>
            <source>battery</source>
            <translation>battery</translation>
        </message>
        <message>
            <source>measured at</source>
            <translation>measured at</translation>
        </message>
        <message>
            <source>measured by</source>
            <translation>measured by</translation>
        </message>
        <message>
            <source>in one vehicle</source>
            <translation>in one vehicle</translation>
        </message>
        <message>
            <source>gateway</source>
            <translation>gateway</translation>
        </message>
        <message>
            <source>kind</source>
            <translation>kind</translation>
        </message>
        <message>
            <source>reason</source>
            <translation>reason</translation>
        </message>
        <message>
            <source>channel</source>
            <translation>channel</translation>
        </message>
        <message>
            <source>state</source>
            <translation>state</translation>
        </message>
        <message>
            <source>unit</source>
            <translation>unit</translation>
        </message>
        <message>
            <source>step</source>
            <translation>step</translation>
        </message>
        <message>
            <source>outcome</source>
            <translation>outcome</translation>
        </message>
        <message>
            <source>devices apart</source>
            <translation>devices apart</translation>
        </message>
        <message>
            <source>devices in contact</source>
            <translation>devices in contact</translation>
        </message>
        <message>
            <source>charged</source>
            <translation>charged</translation>
        </message>
        <message>
            <source>follows</source>
            <translation>follows</translation>
        </message>
        <message>
            <source>heard</source>
            <translation>heard</translation>
        </message>
        <message>
            <source>low</source>
            <translation>low</translation>
        </message>
        <message>
            <source>near an SOS</source>
            <translation>near an SOS</translation>
        </message>
        <message>
            <source>order ended</source>
            <translation>order ended</translation>
        </message>
        <message>
            <source>switched off</source>
            <translation>switched off</translation>
        </message>
        <message>
            <source>released by a person</source>
            <translation>released by a person</translation>
        </message>
        <message>
            <source>seen</source>
            <translation>seen</translation>
        </message>
        <message>
            <source>separated</source>
            <translation>separated</translation>
        </message>
        <message>
            <source>signal lost</source>
            <translation>signal lost</translation>
        </message>
        <message>
            <source>stayed away</source>
            <translation>stayed away</translation>
        </message>
        <message>
            <source>trusted again</source>
            <translation>trusted again</translation>
        </message>
        <message>
            <source>standing still</source>
            <translation>standing still</translation>
        </message>
        <message>
            <source>on foot</source>
            <translation>on foot</translation>
        </message>
        <message>
            <source>by vehicle</source>
            <translation>by vehicle</translation>
        </message>
        <message>
            <source>by rail</source>
            <translation>by rail</translation>
        </message>
        <message>
            <source>shifted position</source>
            <translation>shifted position</translation>
        </message>
        <message>
            <source>mobile cell</source>
            <translation>mobile cell</translation>
        </message>
        <message>
            <source>beacon</source>
            <translation>beacon</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>yes</translation>
        </message>
        <message>
            <source>no</source>
            <translation>no</translation>
        </message>
        <message>
            <source>No figures: it was reported, not calculated.</source>
            <translation>No figures: it was reported, not calculated.</translation>
        </message>
        <message>
            <source>about</source>
            <translation>about</translation>
        </message>
        <message>
            <source>devices</source>
            <translation>devices</translation>
        </message>
        <message>
            <source>latitude</source>
            <translation>latitude</translation>
        </message>
        <message>
            <source>longitude</source>
            <translation>longitude</translation>
        </message>
        <message>
            <source>silent</source>
            <translation>silent</translation>
        </message>
        <message>
            <source>test</source>
            <translation>test</translation>
        </message>
        <message>
            <source>trouble</source>
            <translation>trouble</translation>
        </message>
        <message>
            <source>watched</source>
            <translation>watched</translation>
        </message>
        <message>
            <source>case changed</source>
            <translation>case changed</translation>
        </message>
        <message>
            <source>housing opened</source>
            <translation>housing opened</translation>
        </message>
        <message>
            <source>device clock ahead</source>
            <translation>device clock ahead</translation>
        </message>
        <message>
            <source>device clock behind</source>
            <translation>device clock behind</translation>
        </message>
        <message>
            <source>the same coordinates again and again</source>
            <translation>the same coordinates again and again</translation>
        </message>
        <message>
            <source>impossible speed</source>
            <translation>impossible speed</translation>
        </message>
        <message>
            <source>jamming</source>
            <translation>jamming</translation>
        </message>
        <message>
            <source>jamming over</source>
            <translation>jamming over</translation>
        </message>
        <message>
            <source>stays near</source>
            <translation>stays near</translation>
        </message>
        <message>
            <source>no motion for very long</source>
            <translation>no motion for very long</translation>
        </message>
        <message>
            <source>no signal</source>
            <translation>no signal</translation>
        </message>
        <message>
            <source>zone or ring no longer in force</source>
            <translation>zone or ring no longer in force</translation>
        </message>
        <message>
            <source>switched on</source>
            <translation>switched on</translation>
        </message>
        <message>
            <source>with the wearer again</source>
            <translation>with the wearer again</translation>
        </message>
        <message>
            <source>comes back</source>
            <translation>comes back</translation>
        </message>
        <message>
            <source>satellites and network contradict each other</source>
            <translation>satellites and network contradict each other</translation>
        </message>
        <message>
            <source>long stay</source>
            <translation>long stay</translation>
        </message>
        <message>
            <source>strap cut</source>
            <translation>strap cut</translation>
        </message>
        <message>
            <source>strap whole again</source>
            <translation>strap whole again</translation>
        </message>
        <message>
            <source>too smooth to be measured</source>
            <translation>too smooth to be measured</translation>
        </message>
        <message>
            <source>comes again and again</source>
            <translation>comes again and again</translation>
        </message>
        <message>
            <source>largest speed assumed</source>
            <translation>largest speed assumed</translation>
        </message>
        <message>
            <source>speed assumed on foot</source>
            <translation>speed assumed on foot</translation>
        </message>
        <message>
            <source>assumed on foot for the first</source>
            <translation>assumed on foot for the first</translation>
        </message>
        <message>
            <source>speed of the wearer</source>
            <translation>speed of the wearer</translation>
        </message>
        <message>
            <source>speed of the protected person</source>
            <translation>speed of the protected person</translation>
        </message>
        <message>
            <source>age of the wearer's position</source>
            <translation>age of the wearer's position</translation>
        </message>
        <message>
            <source>age of the protected person's position</source>
            <translation>age of the protected person's position</translation>
        </message>
        <message>
            <source>positions of the wearer used</source>
            <translation>positions of the wearer used</translation>
        </message>
        <message>
            <source>positions of the protected person used</source>
            <translation>positions of the protected person used</translation>
        </message>
        <message>
            <source>{probability} likely; positions used: {n_fixes}.</source>
            <translation>{probability} likely; positions used: {n_fixes}.</translation>
        </message>
        <message>
            <source>The wearer's position is known to {error_subject_m}, the protected person's to {error_protected_m}.</source>
            <translation>The wearer's position is known to {error_subject_m}, the protected person's to {error_protected_m}.</translation>
        </message>
        <message>
            <source>If both go on like this they pass within {miss_m} of each other.</source>
            <translation>If both go on like this they pass within {miss_m} of each other.</translation>
        </message>
        <message>
            <source>lasted for</source>
            <translation>lasted for</translation>
        </message>
    </context>
    <context>
        <name>columns</name>
        <message>
            <source>inside</source>
            <translation>inside</translation>
        </message>
        <message>
            <source>your own</source>
            <translation>your own</translation>
        </message>
        <message>
            <source>Decide within</source>
            <translation>Decide within</translation>
        </message>
        <message>
            <source>Who asks</source>
            <translation>Who asks</translation>
        </message>
        <message>
            <source>About whom</source>
            <translation>About whom</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>Left</translation>
        </message>
        <message>
            <source>Who sees</source>
            <translation>Who sees</translation>
        </message>
        <message>
            <source>Whom</source>
            <translation>Whom</translation>
        </message>
        <message>
            <source>What</source>
            <translation>What</translation>
        </message>
        <message>
            <source>happened {happened}
known {known}</source>
            <translation>happened {happened}
known {known}</translation>
        </message>
        <message>
            <source>place not shown</source>
            <translation>place not shown</translation>
        </message>
        <message>
            <source>nobody yet</source>
            <translation>nobody yet</translation>
        </message>
        <message>
            <source>whole room</source>
            <translation>whole room</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Age</translation>
        </message>
        <message>
            <source>What · where</source>
            <translation>What · where</translation>
        </message>
        <message>
            <source>Case · owner</source>
            <translation>Case · owner</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>Distance</translation>
        </message>
        <message>
            <source>Contact in</source>
            <translation>Limit in</translation>
        </message>
        <message>
            <source>State · next step</source>
            <translation>State · next step</translation>
        </message>
        <message>
            <source>no device in this order</source>
            <translation>no device in this order</translation>
        </message>
        <message>
            <source>wearer not heard for {span}</source>
            <translation>wearer not heard for {span}</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>Risk</translation>
        </message>
        <message>
            <source>Why there is no position</source>
            <translation>Why there is no position</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Device</translation>
        </message>
        <message>
            <source>Position from</source>
            <translation>Position from</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>Accuracy</translation>
        </message>
        <message>
            <source>Battery</source>
            <translation>Battery</translation>
        </message>
        <message>
            <source>State</source>
            <translation>State</translation>
        </message>
        <message>
            <source>revoked</source>
            <translation>revoked</translation>
        </message>
        <message>
            <source>up</source>
            <translation>up</translation>
        </message>
        <message>
            <source>down, heard {ago}</source>
            <translation>down, heard {ago}</translation>
        </message>
        <message>
            <source>{n} missing</source>
            <translation>{n} missing</translation>
        </message>
        <message>
            <source>{n} lost</source>
            <translation>{n} lost</translation>
        </message>
        <message>
            <source>{n} quarantined</source>
            <translation>{n} quarantined</translation>
        </message>
        <message>
            <source>Gateway</source>
            <translation>Gateway</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>Link</translation>
        </message>
        <message>
            <source>Fixes/s</source>
            <translation>Fixes/s</translation>
        </message>
        <message>
            <source>Gaps and bad data</source>
            <translation>Gaps and bad data</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>Unit</translation>
        </message>
        <message>
            <source>Against contact</source>
            <translation>vs. red limit</translation>
        </message>
        <message>
            <source>Break-glass</source>
            <translation>Break-glass</translation>
        </message>
        <message>
            <source>By what</source>
            <translation>By what</translation>
        </message>
        <message>
            <source>For</source>
            <translation>For</translation>
        </message>
        <message>
            <source>From</source>
            <translation>From</translation>
        </message>
        <message>
            <source>Ground · approval</source>
            <translation>Ground · approval</translation>
        </message>
        <message>
            <source>Looks</source>
            <translation>Looks</translation>
        </message>
        <message>
            <source>Out of shift</source>
            <translation>Out of shift</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Refused</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Until</translation>
        </message>
        <message>
            <source>What was shown</source>
            <translation>What was shown</translation>
        </message>
        <message>
            <source>What · purpose</source>
            <translation>What · purpose</translation>
        </message>
        <message>
            <source>Who looked</source>
            <translation>Who looked</translation>
        </message>
        <message>
            <source>Who saw</source>
            <translation>Who saw</translation>
        </message>
        <message>
            <source>Without alarm</source>
            <translation>Without alarm</translation>
        </message>
        <message>
            <source>one look</source>
            <translation>one look</translation>
        </message>
        <message>
            <source>Case · what of it</source>
            <translation>Case · what of it</translation>
        </message>
        <message>
            <source>Ground · provision</source>
            <translation>Ground · provision</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>State · since</source>
            <translation>State · since</translation>
        </message>
        <message>
            <source>Who answers for it</source>
            <translation>Who answers for it</translation>
        </message>
        <message>
            <source>Access ran</source>
            <translation>Access ran</translation>
        </message>
        <message>
            <source>By whom</source>
            <translation>By whom</translation>
        </message>
        <message>
            <source>Decision · by</source>
            <translation>Decision · by</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>Handed out</source>
            <translation>Handed out</translation>
        </message>
        <message>
            <source>Legal paper</source>
            <translation>Legal paper</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>Outcome</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Purpose</translation>
        </message>
        <message>
            <source>Purpose · reason</source>
            <translation>Purpose · reason</translation>
        </message>
        <message>
            <source>Reason of the decision</source>
            <translation>Reason of the decision</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Request</translation>
        </message>
        <message>
            <source>What · period</source>
            <translation>What · period</translation>
        </message>
        <message>
            <source>held now</source>
            <translation>held now</translation>
        </message>
        <message>
            <source>{n} looks</source>
            <translation>{n} looks</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>Alarm</translation>
        </message>
        <message>
            <source>As it was</source>
            <translation>As it was</translation>
        </message>
        <message>
            <source>By</source>
            <translation>By</translation>
        </message>
        <message>
            <source>Called for</source>
            <translation>Called for</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Difference</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Expected</translation>
        </message>
        <message>
            <source>Expert</source>
            <translation>Expert</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>Limit</translation>
        </message>
        <message>
            <source>Ring, zone</source>
            <translation>Ring, zone</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Took</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Verdict</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>What happened</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>What if</translation>
        </message>
        <message>
            <source>State · time</source>
            <translation>State · time</translation>
        </message>
        <message>
            <source>Export · case</source>
            <translation>Export · case</translation>
        </message>
        <message>
            <source>Recipient · from whom, when</source>
            <translation>Recipient · from whom, when</translation>
        </message>
        <message>
            <source>Case · entered by</source>
            <translation>Case · entered by</translation>
        </message>
        <message>
            <source>Ends · ground</source>
            <translation>Ends · ground</translation>
        </message>
        <message>
            <source>never heard, {span} since the order</source>
            <translation>never heard, {span} since the order</translation>
        </message>
        <message>
            <source>{purpose} · until {end}</source>
            <translation>{purpose} · until {end}</translation>
        </message>
        <message>
            <source>{have} of {need} approvals</source>
            <translation>{have} of {need} approvals</translation>
        </message>
        <message>
            <source>Who asks · number</source>
            <translation>Who asks · number</translation>
        </message>
        <message>
            <source>then a review</source>
            <translation>then a review</translation>
        </message>
        <message>
            <source>break-glass</source>
            <translation>break-glass</translation>
        </message>
        <message>
            <source>≈ {span} before</source>
            <translation>≈ {span} before</translation>
        </message>
        <message>
            <source>≈ {span} after</source>
            <translation>≈ {span} after</translation>
        </message>
        <message>
            <source>{arrival} vs. {contact} · {basis}</source>
            <translation>{arrival} vs. {contact} · {basis}</translation>
        </message>
        <message>
            <source>Lives nearby</source>
            <translation>Lives nearby</translation>
        </message>
        <message>
            <source>Repeated looks</source>
            <translation>Repeated looks</translation>
        </message>
        <message>
            <source>To</source>
            <translation>To</translation>
        </message>
        <message>
            <source>not heard</source>
            <translation>not heard</translation>
        </message>
        <message>
            <source>arrival not known</source>
            <translation>arrival not known</translation>
        </message>
        <message>
            <source>ETA · age</source>
            <translation>ETA · age</translation>
        </message>
        <message>
            <source>A click on the triangle or the key → gives each of them its row.</source>
            <translation>A click on the triangle or the key → gives each of them its row.</translation>
        </message>
        <message>
            <source>Space acknowledges all of them; red is never among them.</source>
            <translation>Space acknowledges all of them; red is never among them.</translation>
        </message>
        <message>
            <source>all are over</source>
            <translation>all are over</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>folded</translation>
        </message>
        <message>
            <source>the oldest known {known}</source>
            <translation>the oldest known {known}</translation>
        </message>
        <message>
            <source>unfolded</source>
            <translation>unfolded</translation>
        </message>
        <message>
            <source>{n} alarms</source>
            <translation>{n} alarms</translation>
        </message>
        <message>
            <source>{n} of them over</source>
            <translation>{n} of them over</translation>
        </message>
    </context>
    <context>
        <name>phrases</name>
        <message>
            <source>officer on duty</source>
            <translation>officer on duty</translation>
        </message>
        <message>
            <source>partner</source>
            <translation>partner</translation>
        </message>
        <message>
            <source>brother</source>
            <translation>brother</translation>
        </message>
        <message>
            <source>sister</source>
            <translation>sister</translation>
        </message>
        <message>
            <source>son</source>
            <translation>son</translation>
        </message>
        <message>
            <source>daughter</source>
            <translation>daughter</translation>
        </message>
        <message>
            <source>father</source>
            <translation>father</translation>
        </message>
        <message>
            <source>mother</source>
            <translation>mother</translation>
        </message>
        <message>
            <source>Beacon</source>
            <translation>Beacon</translation>
        </message>
        <message>
            <source>Cell</source>
            <translation>Cell</translation>
        </message>
        <message>
            <source>station</source>
            <translation>station</translation>
        </message>
        <message>
            <source>inside the alarm ring</source>
            <translation>inside the red limit</translation>
        </message>
        <message>
            <source>jammed</source>
            <translation>jammed</translation>
        </message>
        <message>
            <source>apart from its wearer</source>
            <translation>apart from its wearer</translation>
        </message>
        <message>
            <source>Zone breach</source>
            <translation>Zone breach</translation>
        </message>
        <message>
            <source>Near zone</source>
            <translation>Near zone</translation>
        </message>
        <message>
            <source>Left stay-in zone</source>
            <translation>Left stay-in zone</translation>
        </message>
        <message>
            <source>Too close</source>
            <translation>Too close</translation>
        </message>
        <message>
            <source>Approach</source>
            <translation>Approach</translation>
        </message>
        <message>
            <source>Could be inside</source>
            <translation>Could be inside</translation>
        </message>
        <message>
            <source>Position doubtful</source>
            <translation>Position doubtful</translation>
        </message>
        <message>
            <source>Strap tampered</source>
            <translation>Strap tampered</translation>
        </message>
        <message>
            <source>Jamming</source>
            <translation>Jamming</translation>
        </message>
        <message>
            <source>No signal</source>
            <translation>No signal</translation>
        </message>
        <message>
            <source>Battery low</source>
            <translation>Battery low</translation>
        </message>
        <message>
            <source>SOS</source>
            <translation>SOS</translation>
        </message>
        <message>
            <source>Device apart</source>
            <translation>Device apart</translation>
        </message>
        <message>
            <source>Loitering</source>
            <translation>Loitering</translation>
        </message>
        <message>
            <source>Other wearer</source>
            <translation>Other wearer</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>unacknowledged</source>
            <translation>unacknowledged</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>acknowledged</translation>
        </message>
        <message>
            <source>held until checked</source>
            <translation>to be checked</translation>
        </message>
        <message>
            <source>suppressed</source>
            <translation>suppressed</translation>
        </message>
        <message>
            <source>out of service</source>
            <translation>out of service</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>closed</translation>
        </message>
        <message>
            <source>live</source>
            <translation>live</translation>
        </message>
        <message>
            <source>late</source>
            <translation>late</translation>
        </message>
        <message>
            <source>stale</source>
            <translation>stale</translation>
        </message>
        <message>
            <source>lost</source>
            <translation>lost</translation>
        </message>
        <message>
            <source>never heard</source>
            <translation>never heard</translation>
        </message>
        <message>
            <source>high risk</source>
            <translation>high risk</translation>
        </message>
        <message>
            <source>medium risk</source>
            <translation>medium risk</translation>
        </message>
        <message>
            <source>low risk</source>
            <translation>low risk</translation>
        </message>
        <message>
            <source>urgent measure</source>
            <translation>urgent measure</translation>
        </message>
        <message>
            <source>interim measure no. 2</source>
            <translation>interim measure no. 2</translation>
        </message>
        <message>
            <source>interim measure no. 3</source>
            <translation>interim measure no. 3</translation>
        </message>
        <message>
            <source>interim measure no. 3-2</source>
            <translation>interim measure no. 3-2</translation>
        </message>
        <message>
            <source>victim protection order</source>
            <translation>victim protection order</translation>
        </message>
        <message>
            <source>monitoring after sentence</source>
            <translation>monitoring after sentence</translation>
        </message>
        <message>
            <source>monitoring on probation</source>
            <translation>monitoring on probation</translation>
        </message>
        <message>
            <source>monitoring on bail</source>
            <translation>monitoring on bail</translation>
        </message>
        <message>
            <source>other order</source>
            <translation>other order</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>Operator</translation>
        </message>
        <message>
            <source>Supervisor</source>
            <translation>Supervisor</translation>
        </message>
        <message>
            <source>Trainer</source>
            <translation>Trainer</translation>
        </message>
        <message>
            <source>Auditor</source>
            <translation>Auditor</translation>
        </message>
        <message>
            <source>Administrator</source>
            <translation>Administrator</translation>
        </message>
        <message>
            <source>1 · stalking crime: investigation and trial</source>
            <translation>1 · stalking crime: investigation and trial</translation>
        </message>
        <message>
            <source>2 · check that the order is kept</source>
            <translation>2 · check that the order is kept</translation>
        </message>
        <message>
            <source>3 · change or extension of the measure</source>
            <translation>3 · change or extension of the measure</translation>
        </message>
        <message>
            <source>4 · investigation of a breach</source>
            <translation>4 · investigation of a breach</translation>
        </message>
        <message>
            <source>5 · warning the protected person</source>
            <translation>5 · warning the protected person</translation>
        </message>
        <message>
            <source>home</source>
            <translation>home</translation>
        </message>
        <message>
            <source>work</source>
            <translation>work</translation>
        </message>
        <message>
            <source>school</source>
            <translation>school</translation>
        </message>
        <message>
            <source>other place</source>
            <translation>other place</translation>
        </message>
        <message>
            <source>Wearer</source>
            <translation>Wearer</translation>
        </message>
        <message>
            <source>Protected person</source>
            <translation>Protected person</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>Relative</translation>
        </message>
        <message>
            <source>strap whole</source>
            <translation>strap whole</translation>
        </message>
        <message>
            <source>strap cut</source>
            <translation>strap cut</translation>
        </message>
        <message>
            <source>strap whole again, to be checked</source>
            <translation>strap whole again, to be checked</translation>
        </message>
        <message>
            <source>work address</source>
            <translation>work address</translation>
        </message>
        <message>
            <source>home address</source>
            <translation>home address</translation>
        </message>
        <message>
            <source>phone number</source>
            <translation>phone number</translation>
        </message>
        <message>
            <source>police station</source>
            <translation>police station</translation>
        </message>
        <message>
            <source>protected person</source>
            <translation>protected person</translation>
        </message>
        <message>
            <source>device of the protected person</source>
            <translation>device of the protected person</translation>
        </message>
        <message>
            <source>device of the wearer</source>
            <translation>device of the wearer</translation>
        </message>
        <message>
            <source>supervisor told</source>
            <translation>supervisor told</translation>
        </message>
        <message>
            <source>second seat told</source>
            <translation>second seat told</translation>
        </message>
        <message>
            <source>reported</source>
            <translation>reported</translation>
        </message>
        <message>
            <source>certain</source>
            <translation>certain</translation>
        </message>
        <message>
            <source>probable</source>
            <translation>probable</translation>
        </message>
        <message>
            <source>possible</source>
            <translation>possible</translation>
        </message>
        <message>
            <source>never</source>
            <translation>never</translation>
        </message>
        <message>
            <source>{span} ago</source>
            <translation>{span} ago</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{m} min {s} s</source>
            <translation>{m} min {s} s</translation>
        </message>
        <message>
            <source>{m} min</source>
            <translation>{m} min</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} h {m} min</translation>
        </message>
        <message>
            <source>{h} h</source>
            <translation>{h} h</translation>
        </message>
        <message>
            <source>{d} days</source>
            <translation>{d} days</translation>
        </message>
        <message>
            <source>{distance} apart</source>
            <translation>{distance} apart</translation>
        </message>
        <message>
            <source>contact in {span}</source>
            <translation>red limit in {span}</translation>
        </message>
        <message>
            <source>both move as in one vehicle</source>
            <translation>both move as in one vehicle</translation>
        </message>
        <message>
            <source>{parts}.</source>
            <translation>{parts}.</translation>
        </message>
        <message>
            <source>The distance is not known.</source>
            <translation>The distance is not known.</translation>
        </message>
        <message>
            <source>{band} apart; more is shown with an alarm or a grant.</source>
            <translation>{band} apart; more is shown with an alarm or a grant.</translation>
        </message>
        <message>
            <source>closing {speed}</source>
            <translation>closing {speed}</translation>
        </message>
        <message>
            <source>moving away {speed}</source>
            <translation>moving away {speed}</translation>
        </message>
        <message>
            <source>distance steady</source>
            <translation>distance steady</translation>
        </message>
        <message>
            <source>{share} of the closing speed is the wearer's.</source>
            <translation>{share} of the closing speed is the wearer's.</translation>
        </message>
        <message>
            <source>No-entry zone</source>
            <translation>No-entry zone</translation>
        </message>
        <message>
            <source>Stay-in zone</source>
            <translation>Stay-in zone</translation>
        </message>
        <message>
            <source>warns</source>
            <translation>warns</translation>
        </message>
        <message>
            <source>alarms</source>
            <translation>alarms</translation>
        </message>
        <message>
            <source>Call protected person</source>
            <translation>Call protected person</translation>
        </message>
        <message>
            <source>Call wearer</source>
            <translation>Call wearer</translation>
        </message>
        <message>
            <source>Send a unit</source>
            <translation>Send a unit</translation>
        </message>
        <message>
            <source>Warn through the app</source>
            <translation>Warn through the app</translation>
        </message>
        <message>
            <source>Inform probation office</source>
            <translation>Inform probation office</translation>
        </message>
        <message>
            <source>Check the device</source>
            <translation>Check the device</translation>
        </message>
        <message>
            <source>Have the strap checked</source>
            <translation>Check the strap</translation>
        </message>
        <message>
            <source>Check known addresses</source>
            <translation>Check known addresses</translation>
        </message>
        <message>
            <source>Reach the protected person another way</source>
            <translation>Reach the protected person another way</translation>
        </message>
        <message>
            <source>Tell the protection officer</source>
            <translation>Tell the protection officer</translation>
        </message>
        <message>
            <source>Tell the probation office</source>
            <translation>Tell the probation office</translation>
        </message>
        <message>
            <source>Ask for CCTV</source>
            <translation>Ask for CCTV</translation>
        </message>
        <message>
            <source>Tell the wearer that CCTV was viewed</source>
            <translation>Tell the wearer that CCTV was viewed</translation>
        </message>
        <message>
            <source>Acknowledge</source>
            <translation>Acknowledge</translation>
        </message>
        <message>
            <source>Ask for a position</source>
            <translation>Ask for a position</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Keep watching</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. Case {case}: a protected person has called for help with the SOS button. Please send officers to the place on your screen; I stay on the line.”</source>
            <translation>“This is the monitoring centre. Case {case}: a protected person has called for help with the SOS button. Please send officers to the place on your screen; I stay on the line.”</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. Case {case}: a person under a court order may reach a protected person. Please send officers to the place on your screen; I stay on the line.”</source>
            <translation>“This is the monitoring centre. Case {case}: a person under a court order may reach a protected person. Please send officers to the place on your screen; I stay on the line.”</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. Are you safe now? Please go where other people are, stay there and keep this phone on. Officers are being sent.”</source>
            <translation>“This is the monitoring centre. Are you safe now? Please go where other people are, stay there and keep this phone on. Officers are being sent.”</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. You are in breach of the court's order or about to be. Turn round now, go back the way you came and stay where you are reached. Failure is an offence.” Never name a direction, a street or a person.</source>
            <translation>“This is the monitoring centre. You are in breach of the court's order or about to be. Turn round now, go back the way you came and stay where you are reached. Failure is an offence.” Never name a direction, a street or a person.</translation>
        </message>
        <message>
            <source>done</source>
            <translation>done</translation>
        </message>
        <message>
            <source>receipt confirmed</source>
            <translation>receipt confirmed</translation>
        </message>
        <message>
            <source>already known to them</source>
            <translation>already known to them</translation>
        </message>
        <message>
            <source>answered</source>
            <translation>answered</translation>
        </message>
        <message>
            <source>answered, safe</source>
            <translation>answered, safe</translation>
        </message>
        <message>
            <source>answered, in danger</source>
            <translation>answered, in danger</translation>
        </message>
        <message>
            <source>complies</source>
            <translation>complies</translation>
        </message>
        <message>
            <source>refuses</source>
            <translation>refuses</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>no answer</translation>
        </message>
        <message>
            <source>not possible</source>
            <translation>not possible</translation>
        </message>
        <message>
            <source>told</source>
            <translation>told</translation>
        </message>
        <message>
            <source>unit sent</source>
            <translation>unit sent</translation>
        </message>
        <message>
            <source>police send their own</source>
            <translation>police send their own</translation>
        </message>
        <message>
            <source>not needed</source>
            <translation>not needed</translation>
        </message>
        <message>
            <source>footage viewed</source>
            <translation>footage viewed</translation>
        </message>
        <message>
            <source>asked for</source>
            <translation>asked for</translation>
        </message>
        <message>
            <source>notified</source>
            <translation>notified</translation>
        </message>
        <message>
            <source>reached</source>
            <translation>reached</translation>
        </message>
        <message>
            <source>reached through someone else</source>
            <translation>reached through someone else</translation>
        </message>
        <message>
            <source>not reached</source>
            <translation>not reached</translation>
        </message>
        <message>
            <source>officer sent</source>
            <translation>officer sent</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>sent</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>failed</translation>
        </message>
        <message>
            <source>true breach</source>
            <translation>true breach</translation>
        </message>
        <message>
            <source>breach prevented</source>
            <translation>breach prevented</translation>
        </message>
        <message>
            <source>allowed</source>
            <translation>allowed</translation>
        </message>
        <message>
            <source>technical cause</source>
            <translation>technical cause</translation>
        </message>
        <message>
            <source>false alarm</source>
            <translation>false alarm</translation>
        </message>
        <message>
            <source>test</source>
            <translation>test</translation>
        </message>
        <message>
            <source>open</source>
            <translation>open</translation>
        </message>
        <message>
            <source>free</source>
            <translation>free</translation>
        </message>
        <message>
            <source>on the way</source>
            <translation>on the way</translation>
        </message>
        <message>
            <source>on scene</source>
            <translation>on scene</translation>
        </message>
        <message>
            <source>busy</source>
            <translation>busy</translation>
        </message>
        <message>
            <source>off duty</source>
            <translation>off duty</translation>
        </message>
        <message>
            <source>order sent</source>
            <translation>order sent</translation>
        </message>
        <message>
            <source>order delivered</source>
            <translation>order delivered</translation>
        </message>
        <message>
            <source>order accepted</source>
            <translation>order accepted</translation>
        </message>
        <message>
            <source>order refused</source>
            <translation>order refused</translation>
        </message>
        <message>
            <source>order not delivered</source>
            <translation>order not delivered</translation>
        </message>
        <message>
            <source>by road</source>
            <translation>by road</translation>
        </message>
        <message>
            <source>estimated from the straight line</source>
            <translation>estimated from the straight line</translation>
        </message>
        <message>
            <source>App</source>
            <translation>App</translation>
        </message>
        <message>
            <source>SMS</source>
            <translation>SMS</translation>
        </message>
        <message>
            <source>Police map</source>
            <translation>Police map</translation>
        </message>
        <message>
            <source>Partner system</source>
            <translation>Partner system</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>E-mail</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>waiting</translation>
        </message>
        <message>
            <source>delivered</source>
            <translation>delivered</translation>
        </message>
        <message>
            <source>seen</source>
            <translation>seen</translation>
        </message>
        <message>
            <source>exact position</source>
            <translation>exact position</translation>
        </message>
        <message>
            <source>track</source>
            <translation>track</translation>
        </message>
        <message>
            <source>name</source>
            <translation>name</translation>
        </message>
        <message>
            <source>phone numbers</source>
            <translation>phone numbers</translation>
        </message>
        <message>
            <source>addresses</source>
            <translation>addresses</translation>
        </message>
        <message>
            <source>export</source>
            <translation>export</translation>
        </message>
        <message>
            <source>recording</source>
            <translation>recording</translation>
        </message>
        <message>
            <source>approved</source>
            <translation>approved</translation>
        </message>
        <message>
            <source>denied</source>
            <translation>denied</translation>
        </message>
        <message>
            <source>lapsed</source>
            <translation>lapsed</translation>
        </message>
        <message>
            <source>running</source>
            <translation>running</translation>
        </message>
        <message>
            <source>expired</source>
            <translation>expired</translation>
        </message>
        <message>
            <source>ended</source>
            <translation>ended</translation>
        </message>
        <message>
            <source>awaiting review</source>
            <translation>awaiting review</translation>
        </message>
        <message>
            <source>reviewed</source>
            <translation>reviewed</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>Alarm</translation>
        </message>
        <message>
            <source>Acknowledged</source>
            <translation>Acknowledged</translation>
        </message>
        <message>
            <source>Escalated</source>
            <translation>Escalated</translation>
        </message>
        <message>
            <source>Incident opened</source>
            <translation>Incident opened</translation>
        </message>
        <message>
            <source>Another alarm joined</source>
            <translation>Another alarm joined</translation>
        </message>
        <message>
            <source>Incident closed</source>
            <translation>Incident closed</translation>
        </message>
        <message>
            <source>Taken over</source>
            <translation>Taken over</translation>
        </message>
        <message>
            <source>Step opened</source>
            <translation>Step opened</translation>
        </message>
        <message>
            <source>Step worked</source>
            <translation>Step worked</translation>
        </message>
        <message>
            <source>Step overdue</source>
            <translation>Step overdue</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Unit sent</source>
            <translation>Unit sent</translation>
        </message>
        <message>
            <source>Unit reports</source>
            <translation>Unit reports</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Message</translation>
        </message>
        <message>
            <source>Device asked</source>
            <translation>Device asked</translation>
        </message>
        <message>
            <source>Device answered</source>
            <translation>Device answered</translation>
        </message>
        <message>
            <source>Entered by hand</source>
            <translation>Entered by hand</translation>
        </message>
        <message>
            <source>The disk of the bridge is nearly full.</source>
            <translation>The disk of the bridge is nearly full.</translation>
        </message>
        <message>
            <source>The disk of the bridge is full: nothing new is accepted.</source>
            <translation>The disk of the bridge is full: nothing new is accepted.</translation>
        </message>
        <message>
            <source>The bridge's clock has jumped: ages are doubtful until confirmed.</source>
            <translation>The bridge's clock has jumped: ages are doubtful until confirmed.</translation>
        </message>
        <message>
            <source>The bridge is behind its input.</source>
            <translation>The bridge is behind its input.</translation>
        </message>
        <message>
            <source>Many devices fell silent at once: the room is blind to them. Ctrl+Shift+K prints where they were last.</source>
            <translation>Many devices fell silent at once: the room is blind to them. Ctrl+Shift+K prints where they were last.</translation>
        </message>
        <message>
            <source>access review</source>
            <translation>access review</translation>
        </message>
        <message>
            <source>approved request</source>
            <translation>approved request</translation>
        </message>
        <message>
            <source>break-glass</source>
            <translation>break-glass</translation>
        </message>
        <message>
            <source>by role</source>
            <translation>by role</translation>
        </message>
        <message>
            <source>disclosure rule</source>
            <translation>disclosure rule</translation>
        </message>
        <message>
            <source>event log</source>
            <translation>event log</translation>
        </message>
        <message>
            <source>looks of one user</source>
            <translation>looks of one user</translation>
        </message>
        <message>
            <source>more, by a grant</source>
            <translation>more, by a grant</translation>
        </message>
        <message>
            <source>more, by an alarm</source>
            <translation>more, by an alarm</translation>
        </message>
        <message>
            <source>open alarm</source>
            <translation>open alarm</translation>
        </message>
        <message>
            <source>replay</source>
            <translation>replay</translation>
        </message>
        <message>
            <source>routine monitoring</source>
            <translation>routine monitoring</translation>
        </message>
        <message>
            <source>routine view</source>
            <translation>routine view</translation>
        </message>
        <message>
            <source>search</source>
            <translation>search</translation>
        </message>
        <message>
            <source>shell command {name}</source>
            <translation>shell command {name}</translation>
        </message>
        <message>
            <source>shell with the store's key</source>
            <translation>shell with the store's key</translation>
        </message>
        <message>
            <source>shown in the app</source>
            <translation>shown in the app</translation>
        </message>
        <message>
            <source>statistics</source>
            <translation>statistics</translation>
        </message>
        <message>
            <source>units by arrival</source>
            <translation>units by arrival</translation>
        </message>
        <message>
            <source>usage ledger</source>
            <translation>usage ledger</translation>
        </message>
        <message>
            <source>{what}, until {end}</source>
            <translation>{what}, until {end}</translation>
        </message>
        <message>
            <source>app of {person}: {what}</source>
            <translation>app of {person}: {what}</translation>
        </message>
        <message>
            <source>coarse position</source>
            <translation>coarse position</translation>
        </message>
        <message>
            <source>distance</source>
            <translation>distance</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nothing</translation>
        </message>
        <message>
            <source>that somebody is near</source>
            <translation>that somebody is near</translation>
        </message>
        <message>
            <source>Alarm raised</source>
            <translation>Alarm raised</translation>
        </message>
        <message>
            <source>Alarm graver</source>
            <translation>Alarm graver</translation>
        </message>
        <message>
            <source>Alarm closed</source>
            <translation>Alarm closed</translation>
        </message>
        <message>
            <source>Taken over by another</source>
            <translation>Taken over by another</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Put aside</translation>
        </message>
        <message>
            <source>Brought back</source>
            <translation>Brought back</translation>
        </message>
        <message>
            <source>Protected person not reached</source>
            <translation>Protected person not reached</translation>
        </message>
        <message>
            <source>In force</source>
            <translation>In force</translation>
        </message>
        <message>
            <source>In force at once</source>
            <translation>In force at once</translation>
        </message>
        <message>
            <source>Revoked: the app shows nothing</source>
            <translation>Revoked: the app shows nothing</translation>
        </message>
        <message>
            <source>Waits for a supervisor: the app shows nothing</source>
            <translation>Waits for a supervisor: the app shows nothing</translation>
        </message>
        <message>
            <source>{state} · review overdue {late}</source>
            <translation>{state} · review overdue {late}</translation>
        </message>
        <message>
            <source>{state} · review within {left}</source>
            <translation>{state} · review within {left}</translation>
        </message>
        <message>
            <source>{what}, direction</source>
            <translation>{what}, direction</translation>
        </message>
        <message>
            <source>curfew place</source>
            <translation>curfew place</translation>
        </message>
        <message>
            <source>Device events</source>
            <translation>Device events</translation>
        </message>
        <message>
            <source>Log entries whose content is erased</source>
            <translation>Log entries whose content is erased</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>Positions</translation>
        </message>
        <message>
            <source>Recordings, exports and copies</source>
            <translation>Recordings, exports and copies</translation>
        </message>
        <message>
            <source>Versions of the case file</source>
            <translation>Versions of the case file</translation>
        </message>
        <message>
            <source>acquitted or dismissed</source>
            <translation>acquitted or dismissed</translation>
        </message>
        <message>
            <source>being destroyed</source>
            <translation>being destroyed</translation>
        </message>
        <message>
            <source>court refused emergency access</source>
            <translation>court refused emergency access</translation>
        </message>
        <message>
            <source>destroyed</source>
            <translation>destroyed</translation>
        </message>
        <message>
            <source>due</source>
            <translation>due</translation>
        </message>
        <message>
            <source>on hold</source>
            <translation>on hold</translation>
        </message>
        <message>
            <source>order lost its effect</source>
            <translation>order lost its effect</translation>
        </message>
        <message>
            <source>period of the law is over</source>
            <translation>period of the law is over</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>refused</translation>
        </message>
        <message>
            <source>the person asked for it</source>
            <translation>the person asked for it</translation>
        </message>
        <message>
            <source>to be decided</source>
            <translation>to be decided</translation>
        </message>
        <message>
            <source>access opened</source>
            <translation>access opened</translation>
        </message>
        <message>
            <source>app rule decided</source>
            <translation>app rule decided</translation>
        </message>
        <message>
            <source>certificate</source>
            <translation>certificate</translation>
        </message>
        <message>
            <source>court permitted: {number}</source>
            <translation>court permitted: {number}</translation>
        </message>
        <message>
            <source>court refused</source>
            <translation>court refused</translation>
        </message>
        <message>
            <source>court refused: {number}</source>
            <translation>court refused: {number}</translation>
        </message>
        <message>
            <source>data held</source>
            <translation>data held</translation>
        </message>
        <message>
            <source>dry run of a destruction</source>
            <translation>dry run of a destruction</translation>
        </message>
        <message>
            <source>handed out</source>
            <translation>handed out</translation>
        </message>
        <message>
            <source>investigative register</source>
            <translation>investigative register</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>looked at</translation>
        </message>
        <message>
            <source>role lost</source>
            <translation>role lost</translation>
        </message>
        <message>
            <source>order ended</source>
            <translation>order ended</translation>
        </message>
        <message>
            <source>Break glass</source>
            <translation>Break glass</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>Call</translation>
        </message>
        <message>
            <source>Call…</source>
            <translation>Call…</translation>
        </message>
        <message>
            <source>Close the alarm</source>
            <translation>Close the alarm</translation>
        </message>
        <message>
            <source>Close the incident</source>
            <translation>Close the incident</translation>
        </message>
        <message>
            <source>Link back</source>
            <translation>Link back</translation>
        </message>
        <message>
            <source>Link lost</source>
            <translation>Link lost</translation>
        </message>
        <message>
            <source>Speed changed</source>
            <translation>Speed changed</translation>
        </message>
        <message>
            <source>Scenario ended</source>
            <translation>Scenario ended</translation>
        </message>
        <message>
            <source>Scenario started</source>
            <translation>Scenario started</translation>
        </message>
        <message>
            <source>Wrong address</source>
            <translation>Wrong address</translation>
        </message>
        <message>
            <source>earlier</source>
            <translation>earlier</translation>
        </message>
        <message>
            <source>en</source>
            <translation>en</translation>
        </message>
        <message>
            <source>gone</source>
            <translation>gone</translation>
        </message>
        <message>
            <source>in time</source>
            <translation>in time</translation>
        </message>
        <message>
            <source>later</source>
            <translation>later</translation>
        </message>
        <message>
            <source>new</source>
            <translation>new</translation>
        </message>
        <message>
            <source>not called for</source>
            <translation>not called for</translation>
        </message>
        <message>
            <source>not done</source>
            <translation>not done</translation>
        </message>
        <message>
            <source>other outcome</source>
            <translation>other outcome</translation>
        </message>
        <message>
            <source>same</source>
            <translation>same</translation>
        </message>
        <message>
            <source>too late</source>
            <translation>too late</translation>
        </message>
        <message>
            <source>entry {n}</source>
            <translation>entry {n}</translation>
        </message>
        <message>
            <source>A part of the bridge has stopped: {which}. Restart the bridge.</source>
            <translation>A part of the bridge has stopped: {which}. Restart the bridge.</translation>
        </message>
        <message>
            <source>Export {which} must be destroyed now.</source>
            <translation>Export {which} must be destroyed now.</translation>
        </message>
        <message>
            <source>Gateway {which} is not heard.</source>
            <translation>Gateway {which} is not heard.</translation>
        </message>
        <message>
            <source>No signed checkpoint of the log could be written.</source>
            <translation>No signed checkpoint of the log could be written.</translation>
        </message>
        <message>
            <source>Police units cannot report: their port is not open.</source>
            <translation>Police units cannot report: their port is not open.</translation>
        </message>
        <message>
            <source>Break-glass {which}: review it (F3).</source>
            <translation>Break-glass {which}: review it (F3).</translation>
        </message>
        <message>
            <source>Test alarm of seat {which}; acknowledge and close it.</source>
            <translation>Test alarm of seat {which}; acknowledge and close it.</translation>
        </message>
        <message>
            <source>The bridge cannot write: nothing is acknowledged, decisions go on in memory.</source>
            <translation>The bridge cannot write: nothing is acknowledged, decisions go on in memory.</translation>
        </message>
        <message>
            <source>The bridge's own test did not come through: alarms may not arrive.</source>
            <translation>The bridge's own test did not come through: alarms may not arrive.</translation>
        </message>
        <message>
            <source>The device of {which} should be back on the wearer.</source>
            <translation>The device of {which} should be back on the wearer.</translation>
        </message>
        <message>
            <source>Desk {which} does not answer.</source>
            <translation>Desk {which} does not answer.</translation>
        </message>
        <message>
            <source>What an app shows was not reviewed within 24 hours (F12).</source>
            <translation>What an app shows was not reviewed within 24 hours (F12).</translation>
        </message>
        <message>
            <source>addresses around a position</source>
            <translation>addresses around a position</translation>
        </message>
        <message>
            <source>debrief</source>
            <translation>debrief</translation>
        </message>
        <message>
            <source>incident report</source>
            <translation>incident report</translation>
        </message>
        <message>
            <source>printed or saved</source>
            <translation>printed or saved</translation>
        </message>
        <message>
            <source>scenarios</source>
            <translation>scenarios</translation>
        </message>
        <message>
            <source>overdue</source>
            <translation>overdue</translation>
        </message>
        <message>
            <source>for {span}</source>
            <translation>for {span}</translation>
        </message>
        <message>
            <source>{span} left</source>
            <translation>{span} left</translation>
        </message>
        <message>
            <source>{who}: destroy by {day}</source>
            <translation>{who}: destroy by {day}</translation>
        </message>
        <message>
            <source>with its case</source>
            <translation>with its case</translation>
        </message>
        <message>
            <source>Confirmed by {who}: {reason}</source>
            <translation>Confirmed by {who}: {reason}</translation>
        </message>
        <message>
            <source>a scenario's file</source>
            <translation>a scenario's file</translation>
        </message>
        <message>
            <source>a scenario being written</source>
            <translation>a scenario being written</translation>
        </message>
        <message>
            <source>a scenario offered to be kept</source>
            <translation>a scenario offered to be kept</translation>
        </message>
        <message>
            <source>edge of the ring</source>
            <translation>edge of the ring</translation>
        </message>
        <message>
            <source>{distance} away</source>
            <translation>{distance} away</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 31-6</source>
            <translation>Electronic Monitoring Act art. 31-6</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 31-6(5)</source>
            <translation>Electronic Monitoring Act art. 31-6(5)</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 16-3(2)</source>
            <translation>Electronic Monitoring Act art. 16-3(2)</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 16-3(3)</source>
            <translation>Electronic Monitoring Act art. 16-3(3)</translation>
        </message>
        <message>
            <source>1 · stalking crime</source>
            <translation>1 · stalking crime</translation>
        </message>
        <message>
            <source>2 · order kept</source>
            <translation>2 · order kept</translation>
        </message>
        <message>
            <source>3 · change of measure</source>
            <translation>3 · change of measure</translation>
        </message>
        <message>
            <source>4 · breach</source>
            <translation>4 · breach</translation>
        </message>
        <message>
            <source>5 · warning</source>
            <translation>5 · warning</translation>
        </message>
        <message>
            <source>approved, narrowed</source>
            <translation>approved, narrowed</translation>
        </message>
        <message>
            <source>Old positions</source>
            <translation>Old positions</translation>
        </message>
        <message>
            <source>{fixes} of {devices} devices, in {cases} of {all} cases</source>
            <translation>{fixes} of {devices} devices, in {cases} of {all} cases</translation>
        </message>
        <message>
            <source>{case} until {day} ({who})</source>
            <translation>{case} until {day} ({who})</translation>
        </message>
        <message>
            <source>Measured before</source>
            <translation>Measured before</translation>
        </message>
        <message>
            <source>Provision</source>
            <translation>Provision</translation>
        </message>
        <message>
            <source>Legal holds</source>
            <translation>Legal holds</translation>
        </message>
        <message>
            <source>none</source>
            <translation>none</translation>
        </message>
        <message>
            <source>Kept by a refused destruction</source>
            <translation>Kept by a refused destruction</translation>
        </message>
        <message>
            <source>count of old positions</source>
            <translation>count of old positions</translation>
        </message>
        <message>
            <source>lost its effect</source>
            <translation>lost its effect</translation>
        </message>
        <message>
            <source>revoked</source>
            <translation>revoked</translation>
        </message>
        <message>
            <source>not indicted</source>
            <translation>not indicted</translation>
        </message>
        <message>
            <source>acquittal is final</source>
            <translation>acquittal is final</translation>
        </message>
        <message>
            <source>dismissal is final</source>
            <translation>dismissal is final</translation>
        </message>
        <message>
            <source>term over</source>
            <translation>term over</translation>
        </message>
        <message>
            <source>replaced by another order</source>
            <translation>replaced by another order</translation>
        </message>
        <message>
            <source>other ground</source>
            <translation>other ground</translation>
        </message>
        <message>
            <source>to be confirmed</source>
            <translation>to be confirmed</translation>
        </message>
        <message>
            <source>confirmed</source>
            <translation>confirmed</translation>
        </message>
        <message>
            <source>The order of {case} ends at {at} ({ground}): watching and warnings stop.</source>
            <translation>The order of {case} ends at {at} ({ground}): watching and warnings stop.</translation>
        </message>
        <message>
            <source>The order of {case} ends at {at} ({ground}): watching stops, and its data become due for destruction.</source>
            <translation>The order of {case} ends at {at} ({ground}): watching stops, and its data become due for destruction.</translation>
        </message>
        <message>
            <source>The end of the order of {which} waits to be confirmed (F3).</source>
            <translation>The end of the order of {which} waits to be confirmed (F3).</translation>
        </message>
        <message>
            <source>about to be printed or saved</source>
            <translation>about to be printed or saved</translation>
        </message>
        <message>
            <source>the wearer</source>
            <translation>the wearer</translation>
        </message>
        <message>
            <source>the protected person</source>
            <translation>the protected person</translation>
        </message>
        <message>
            <source>somebody else (witness, relative)</source>
            <translation>somebody else (witness, relative)</translation>
        </message>
        <message>
            <source>nobody (technical, procedure)</source>
            <translation>nobody (technical, procedure)</translation>
        </message>
        <message>
            <source>fact: seen, heard or measured</source>
            <translation>fact: seen, heard or measured</translation>
        </message>
        <message>
            <source>assessment: what I conclude</source>
            <translation>assessment: what I conclude</translation>
        </message>
        <message>
            <source>Consent withdrawn ({which}): not tracked in this case any more; 112 is being told. Ask about other cases.</source>
            <translation>Consent withdrawn ({which}): not tracked in this case any more; 112 is being told. Ask about other cases.</translation>
        </message>
        <message>
            <source>SOS of {which}, which is in no case: find out who carries it, and send help.</source>
            <translation>SOS of {which}, which is in no case: find out who carries it, and send help.</translation>
        </message>
        <message>
            <source>ended early</source>
            <translation>ended early</translation>
        </message>
        <message>
            <source>printed list of last known positions</source>
            <translation>printed list of last known positions</translation>
        </message>
        <message>
            <source>on a list that was printed</source>
            <translation>on a list that was printed</translation>
        </message>
        <message>
            <source>100 m ban about to be broken (Electronic Monitoring Act art. 31-6(4)2)</source>
            <translation>100 m ban about to be broken (Electronic Monitoring Act art. 31-6(4)2)</translation>
        </message>
        <message>
            <source>100 m ban broken (Stalking Act art. 20)</source>
            <translation>100 m ban broken (Stalking Act art. 20)</translation>
        </message>
        <message>
            <source>assessment</source>
            <translation>assessment</translation>
        </message>
        <message>
            <source>fact</source>
            <translation>fact</translation>
        </message>
        <message>
            <source>battery of the device low</source>
            <translation>battery of the device low</translation>
        </message>
        <message>
            <source>call for help</source>
            <translation>call for help</translation>
        </message>
        <message>
            <source>device tampered with (Electronic Monitoring Act art. 31-6(4)3)</source>
            <translation>device tampered with (Electronic Monitoring Act art. 31-6(4)3)</translation>
        </message>
        <message>
            <source>ground for more than two extensions (Stalking Act art. 9(7))</source>
            <translation>ground for more than two extensions (Stalking Act art. 9(7))</translation>
        </message>
        <message>
            <source>jamming or altered data (Electronic Monitoring Act art. 31-6(4)3)</source>
            <translation>jamming or altered data (Electronic Monitoring Act art. 31-6(4)3)</translation>
        </message>
        <message>
            <source>link to the device lost</source>
            <translation>link to the device lost</translation>
        </message>
        <message>
            <source>within 1.0 km of a forbidden place (Electronic Monitoring Act art. 31-6(4)4)</source>
            <translation>within 1.0 km of a forbidden place (Electronic Monitoring Act art. 31-6(4)4)</translation>
        </message>
        <message>
            <source>within {distance} of the protected person (Electronic Monitoring Act art. 31-6(4)2)</source>
            <translation>within {distance} of the protected person (Electronic Monitoring Act art. 31-6(4)2)</translation>
        </message>
        <message>
            <source>The device is off with leave; 112 is being told ({which}).</source>
            <translation>The device is off with leave; 112 is being told ({which}).</translation>
        </message>
        <message>
            <source>The protected person cannot be reached; 112 is being told ({which}).</source>
            <translation>The protected person cannot be reached; 112 is being told ({which}).</translation>
        </message>
        <message>
            <source>The protected person refuses the device; 112 is being told ({which}).</source>
            <translation>The protected person refuses the device; 112 is being told ({which}).</translation>
        </message>
        <message>
            <source>The wearer did not come to be fitted; 112 is being told ({which}).</source>
            <translation>The wearer did not come to be fitted; 112 is being told ({which}).</translation>
        </message>
        <message>
            <source>The wearer refuses the device; 112 is being told ({which}).</source>
            <translation>The wearer refuses the device; 112 is being told ({which}).</translation>
        </message>
        <message>
            <source>starting point</source>
            <translation>starting point</translation>
        </message>
        <message>
            <source>Another wearer</source>
            <translation>Another wearer</translation>
        </message>
        <message>
            <source>{step}: recorded</source>
            <translation>{step}: recorded</translation>
        </message>
        <message>
            <source>notice</source>
            <translation>notice</translation>
        </message>
        <message>
            <source>Message sent out</source>
            <translation>Message sent out</translation>
        </message>
        <message>
            <source>put aside</source>
            <translation>put aside</translation>
        </message>
        <message>
            <source>put aside {left}</source>
            <translation>put aside {left}</translation>
        </message>
        <message>
            <source>own-data pack</source>
            <translation>own-data pack</translation>
        </message>
        <message>
            <source>no prior approval</source>
            <translation>no prior approval</translation>
        </message>
        <message>
            <source>ended, unseen</source>
            <translation>ended, unseen</translation>
        </message>
        <message>
            <source>The bridge is not heard: telephone 112 and the next desk{number}. Alarms still escalate there; this desk reconnects by itself.</source>
            <translation>The bridge is not heard: telephone 112 and the next desk{number}. Alarms still escalate there; this desk reconnects by itself.</translation>
        </message>
        <message>
            <source>Telephone 112</source>
            <translation>Telephone 112</translation>
        </message>
        <message>
            <source>red</source>
            <translation>red</translation>
        </message>
        <message>
            <source>amber</source>
            <translation>amber</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 31-6(4), Electronic Monitoring Decree art. 23-14(2)</source>
            <translation>Electronic Monitoring Act art. 31-6(4), Electronic Monitoring Decree art. 23-14(2)</translation>
        </message>
        <message>
            <source>Electronic Monitoring Decree art. 23-14(3)</source>
            <translation>Electronic Monitoring Decree art. 23-14(3)</translation>
        </message>
        <message>
            <source>Electronic Monitoring Decree art. 23-12(3)</source>
            <translation>Electronic Monitoring Decree art. 23-12(3)</translation>
        </message>
        <message>
            <source>device {which}</source>
            <translation>device {which}</translation>
        </message>
        <message>
            <source>gateway {which}</source>
            <translation>gateway {which}</translation>
        </message>
        <message>
            <source>gateways at once</source>
            <translation>gateways at once</translation>
        </message>
    </context>
    <context>
        <name>refusals</name>
        <message>
            <source>There is no such user; an administrator can add one.</source>
            <translation>There is no such user; an administrator can add one.</translation>
        </message>
        <message>
            <source>The session is over; log in again.</source>
            <translation>The session is over; log in again.</translation>
        </message>
        <message>
            <source>Your role does not allow this; request access, or ask somebody whose role does.</source>
            <translation>Your role does not allow this; request access, or ask somebody whose role does.</translation>
        </message>
        <message>
            <source>This alarm is no longer open.</source>
            <translation>This alarm is no longer open.</translation>
        </message>
        <message>
            <source>Somebody else acknowledged this alarm first and owns it; take it over with T if you must.</source>
            <translation>Somebody else acknowledged this alarm first and owns it; take it over with T if you must.</translation>
        </message>
        <message>
            <source>An SOS, a tampered strap or a red alarm cannot be put aside; acknowledge and work it.</source>
            <translation>An SOS, a tampered strap or a red alarm cannot be put aside; acknowledge and work it.</translation>
        </message>
        <message>
            <source>This alarm is not put aside.</source>
            <translation>This alarm is not put aside.</translation>
        </message>
        <message>
            <source>An alarm can be put aside for 1 to 480 minutes.</source>
            <translation>An alarm can be put aside for 1 to 480 minutes.</translation>
        </message>
        <message>
            <source>Acknowledge the alarm before closing it.</source>
            <translation>Acknowledge the alarm before closing it.</translation>
        </message>
        <message>
            <source>The condition still holds; close the alarm once it is over, or as technical or test.</source>
            <translation>The condition still holds; close the alarm once it is over, or as technical or test.</translation>
        </message>
        <message>
            <source>Closing this needs a note that says what was found.</source>
            <translation>Closing this needs a note that says what was found.</translation>
        </message>
        <message>
            <source>This outcome does not belong to the step; choose one of its list.</source>
            <translation>This outcome does not belong to the step; choose one of its list.</translation>
        </message>
        <message>
            <source>You own this already.</source>
            <translation>You own this already.</translation>
        </message>
        <message>
            <source>This person is not on duty or may not work alarms; hand over to somebody who is.</source>
            <translation>This person is not on duty or may not work alarms; hand over to somebody who is.</translation>
        </message>
        <message>
            <source>There is no such incident any more.</source>
            <translation>There is no such incident any more.</translation>
        </message>
        <message>
            <source>The incident is closed; a new alarm opens a new one.</source>
            <translation>The incident is closed; a new alarm opens a new one.</translation>
        </message>
        <message>
            <source>Steps are still open; record how they ended, then close.</source>
            <translation>Steps are still open; record how they ended, then close.</translation>
        </message>
        <message>
            <source>The incident has no such step.</source>
            <translation>The incident has no such step.</translation>
        </message>
        <message>
            <source>This step has ended already.</source>
            <translation>This step has ended already.</translation>
        </message>
        <message>
            <source>There is no such unit any more; choose another.</source>
            <translation>There is no such unit any more; choose another.</translation>
        </message>
        <message>
            <source>This unit is on its way already; recall it first to send it elsewhere.</source>
            <translation>This unit is on its way already; recall it first to send it elsewhere.</translation>
        </message>
        <message>
            <source>This unit was not sent here, or is done.</source>
            <translation>This unit was not sent here, or is done.</translation>
        </message>
        <message>
            <source>There is no such case.</source>
            <translation>There is no such case.</translation>
        </message>
        <message>
            <source>This person does not belong to the case.</source>
            <translation>This person does not belong to the case.</translation>
        </message>
        <message>
            <source>This person carries no device.</source>
            <translation>This person carries no device.</translation>
        </message>
        <message>
            <source>This device was never heard, so it cannot be asked.</source>
            <translation>This device was never heard, so it cannot be asked.</translation>
        </message>
        <message>
            <source>There is no such request.</source>
            <translation>There is no such request.</translation>
        </message>
        <message>
            <source>The request is decided or lapsed; make a new one.</source>
            <translation>The request is decided or lapsed; make a new one.</translation>
        </message>
        <message>
            <source>Nobody decides their own request; another person must.</source>
            <translation>Nobody decides their own request; another person must.</translation>
        </message>
        <message>
            <source>You approved this already; a second person must.</source>
            <translation>You approved this already; a second person must.</translation>
        </message>
        <message>
            <source>The period must end after it starts.</source>
            <translation>The period must end after it starts.</translation>
        </message>
        <message>
            <source>Access can run for 1 to 480 minutes.</source>
            <translation>Access can run for 1 to 480 minutes.</translation>
        </message>
        <message>
            <source>Choose at least one thing to see.</source>
            <translation>Choose at least one thing to see.</translation>
        </message>
        <message>
            <source>Routine monitoring needs no request; choose the purpose that the law names for this look.</source>
            <translation>Routine monitoring needs no request; choose the purpose that the law names for this look.</translation>
        </message>
        <message>
            <source>A narrowed grant must lie within what was asked for.</source>
            <translation>A narrowed grant must lie within what was asked for.</translation>
        </message>
        <message>
            <source>There is no such access any more.</source>
            <translation>There is no such access any more.</translation>
        </message>
        <message>
            <source>This access is over already.</source>
            <translation>This access is over already.</translation>
        </message>
        <message>
            <source>Nobody reviews their own use of break-glass; another person must.</source>
            <translation>Nobody reviews their own use of break-glass; another person must.</translation>
        </message>
        <message>
            <source>This access was granted and needs no review.</source>
            <translation>This access was granted and needs no review.</translation>
        </message>
        <message>
            <source>This purpose needs the legal paper, and on whose behalf it is asked.</source>
            <translation>This purpose needs the legal paper, and on whose behalf it is asked.</translation>
        </message>
        <message>
            <source>The order protects several people; name the one whom this is about.</source>
            <translation>The order protects several people; name the one whom this is about.</translation>
        </message>
        <message>
            <source>Write at least a word.</source>
            <translation>Write at least a word.</translation>
        </message>
        <message>
            <source>Texts have at most 4,000 characters.</source>
            <translation>Texts have at most 4,000 characters.</translation>
        </message>
        <message>
            <source>The test alarm of this seat is still open; acknowledge and close it.</source>
            <translation>The test alarm of this seat is still open; acknowledge and close it.</translation>
        </message>
        <message>
            <source>The bridge did not confirm this. Once the picture is live, look whether it was done before you try again.</source>
            <translation>The bridge did not confirm this. Once the picture is live, look whether it was done before you try again.</translation>
        </message>
        <message>
            <source>Name or password is wrong.</source>
            <translation>Name or password is wrong.</translation>
        </message>
        <message>
            <source>The session has expired; log in again.</source>
            <translation>The session has expired; log in again.</translation>
        </message>
        <message>
            <source>The session was ended by an administrator.</source>
            <translation>The session was ended by an administrator.</translation>
        </message>
        <message>
            <source>This account is disabled; ask an administrator.</source>
            <translation>This account is disabled; ask an administrator.</translation>
        </message>
        <message>
            <source>This desk is no longer enrolled; ask an administrator.</source>
            <translation>This desk is no longer enrolled; ask an administrator.</translation>
        </message>
        <message>
            <source>The session was continued at another desk.</source>
            <translation>The session was continued at another desk.</translation>
        </message>
        <message>
            <source>The bridge is stopping.</source>
            <translation>The bridge is stopping.</translation>
        </message>
        <message>
            <source>The bridge refused this ({code}).</source>
            <translation>The bridge refused this ({code}).</translation>
        </message>
        <message>
            <source>This desk shows a recording, in which nothing can be done; go back to the live room first.</source>
            <translation>This desk shows a recording, in which nothing can be done; go back to the live room first.</translation>
        </message>
        <message>
            <source>A recording is stepped by position or by alarm.</source>
            <translation>A recording is stepped by position or by alarm.</translation>
        </message>
        <message>
            <source>This desk shows no recording; open one first.</source>
            <translation>This desk shows no recording; open one first.</translation>
        </message>
        <message>
            <source>No scenario is played now; a trainer starts one.</source>
            <translation>No scenario is played now; a trainer starts one.</translation>
        </message>
        <message>
            <source>A scenario is played already; end it before another one starts.</source>
            <translation>A scenario is played already; end it before another one starts.</translation>
        </message>
        <message>
            <source>The clock of an exercise runs 0.1 to 60 times as fast.</source>
            <translation>The clock of an exercise runs 0.1 to 60 times as fast.</translation>
        </message>
        <message>
            <source>A destruction of this case is under way already.</source>
            <translation>A destruction of this case is under way already.</translation>
        </message>
        <message>
            <source>A legal hold keeps this case from being destroyed; whoever placed it may lift it.</source>
            <translation>A legal hold keeps this case from being destroyed; whoever placed it may lift it.</translation>
        </message>
        <message>
            <source>An export is made as CSV, GPX or GeoJSON.</source>
            <translation>An export is made as CSV, GPX or GeoJSON.</translation>
        </message>
        <message>
            <source>Choose a password of your own first.</source>
            <translation>Choose a password of your own first.</translation>
        </message>
        <message>
            <source>Desk and bridge are of different versions; install the desk that belongs to the bridge.</source>
            <translation>Desk and bridge are of different versions; install the desk that belongs to the bridge.</translation>
        </message>
        <message>
            <source>Desk and bridge have lost step; everything is sent anew.</source>
            <translation>Desk and bridge have lost step; everything is sent anew.</translation>
        </message>
        <message>
            <source>No app is paired in this case yet; its rule begins with the first one.</source>
            <translation>No app is paired in this case yet; its rule begins with the first one.</translation>
        </message>
        <message>
            <source>No export of this number is still out.</source>
            <translation>No export of this number is still out.</translation>
        </message>
        <message>
            <source>No legal hold lies on this case.</source>
            <translation>No legal hold lies on this case.</translation>
        </message>
        <message>
            <source>One of the values is out of range; nothing was sent.</source>
            <translation>One of the values is out of range; nothing was sent.</translation>
        </message>
        <message>
            <source>Say who receives the export.</source>
            <translation>Say who receives the export.</translation>
        </message>
        <message>
            <source>Say why: the reason stands in the log.</source>
            <translation>Say why: the reason stands in the log.</translation>
        </message>
        <message>
            <source>Somebody is logged in at this desk already; log out first.</source>
            <translation>Somebody is logged in at this desk already; log out first.</translation>
        </message>
        <message>
            <source>The bridge did not understand this desk; install the desk that belongs to it.</source>
            <translation>The bridge did not understand this desk; install the desk that belongs to it.</translation>
        </message>
        <message>
            <source>The bridge had not heard this desk; log in again.</source>
            <translation>The bridge had not heard this desk; log in again.</translation>
        </message>
        <message>
            <source>The case cannot be destroyed while its order holds or an alarm or incident of it is open.</source>
            <translation>The case cannot be destroyed while its order holds or an alarm or incident of it is open.</translation>
        </message>
        <message>
            <source>The desk is locked; unlock it with your password.</source>
            <translation>The desk is locked; unlock it with your password.</translation>
        </message>
        <message>
            <source>There is no such destruction.</source>
            <translation>There is no such destruction.</translation>
        </message>
        <message>
            <source>This is decided by approving, narrowing, denying or revoking.</source>
            <translation>This is decided by approving, narrowing, denying or revoking.</translation>
        </message>
        <message>
            <source>This password is too weak; choose ten characters or more that nobody guesses.</source>
            <translation>This password is too weak; choose ten characters or more that nobody guesses.</translation>
        </message>
        <message>
            <source>Too fast one after another; try again in a few seconds.</source>
            <translation>Too fast one after another; try again in a few seconds.</translation>
        </message>
        <message>
            <source>Too many wrong passwords; wait a quarter of an hour, or ask an administrator.</source>
            <translation>Too many wrong passwords; wait a quarter of an hour, or ask an administrator.</translation>
        </message>
        <message>
            <source>Wait for the answers to what was asked, then try again.</source>
            <translation>Wait for the answers to what was asked, then try again.</translation>
        </message>
        <message>
            <source>The bridge could not read this; try again, and tell the administrator when it stays so.</source>
            <translation>The bridge could not read this; try again, and tell the administrator when it stays so.</translation>
        </message>
        <message>
            <source>The comparison was stopped before it was done; compare again when you want it.</source>
            <translation>The comparison was stopped before it was done; compare again when you want it.</translation>
        </message>
        <message>
            <source>Old positions are being deleted still; decide again once that is done, in a few minutes.</source>
            <translation>Old positions are being deleted still; decide again once that is done, in a few minutes.</translation>
        </message>
        <message>
            <source>No end of this order waits for a decision.</source>
            <translation>No end of this order waits for a decision.</translation>
        </message>
        <message>
            <source>Another end or ground was entered meanwhile; compare it with the court's record, then decide.</source>
            <translation>Another end or ground was entered meanwhile; compare it with the court's record, then decide.</translation>
        </message>
        <message>
            <source>This copy was not begun by you; print it anew.</source>
            <translation>This copy was not begun by you; print it anew.</translation>
        </message>
        <message>
            <source>There are silent cases that nobody has acknowledged; acknowledge or shelve them, then hand over.</source>
            <translation>There are silent cases that nobody has acknowledged; acknowledge or shelve them, then hand over.</translation>
        </message>
        <message>
            <source>This person has withdrawn consent already, and is not tracked.</source>
            <translation>This person has withdrawn consent already, and is not tracked.</translation>
        </message>
        <message>
            <source>This alarm has turned red or come back since you looked; look at it, then acknowledge it.</source>
            <translation>This alarm has turned red or come back since you looked; look at it, then acknowledge it.</translation>
        </message>
        <message>
            <source>What is left of these alarms calls for an acknowledgement of its own; acknowledge each by itself.</source>
            <translation>What is left of these alarms calls for an acknowledgement of its own; acknowledge each by itself.</translation>
        </message>
    </context>
    <context>
        <name>LedgerPanel</name>
        <message>
            <source>Access review</source>
            <translation>Access review</translation>
        </message>
        <message>
            <source>At whom</source>
            <translation>At whom</translation>
        </message>
        <message>
            <source>Choose a period and press Read.</source>
            <translation>Choose a period and press Show.</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>From (KST)</translation>
        </message>
        <message>
            <source>No use for the purposes 1, 3, 4 and 5 in this period.</source>
            <translation>No use for the purposes 1, 3, 4 and 5 in this period.</translation>
        </message>
        <message>
            <source>Nobody looked at anybody in this period.</source>
            <translation>Nobody looked at anybody in this period.</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Period</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>Reading is a look like any other: it is in the log before the answer comes.</source>
            <translation>Reading is a look like any other: it is in the log before the answer comes.</translation>
        </message>
        <message>
            <source>Reading the log…</source>
            <translation>Reading the log…</translation>
        </message>
        <message>
            <source>Say who looked, and at whom.</source>
            <translation>Say who looked, and at whom.</translation>
        </message>
        <message>
            <source>This user was shown nothing of this person in this period.</source>
            <translation>This user was shown nothing of this person in this period.</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>To (KST)</translation>
        </message>
        <message>
            <source>Usage ledger</source>
            <translation>Usage ledger</translation>
        </message>
        <message>
            <source>Who looked</source>
            <translation>Who looked</translation>
        </message>
        <message>
            <source>Who saw whom</source>
            <translation>Who saw whom</translation>
        </message>
        <message>
            <source>{n} entries · {start} – {end} · read at {clock}</source>
            <translation>{n} entries · {start} – {end} · read at {clock}</translation>
        </message>
        <message>
            <source>Investigative register</source>
            <translation>Investigative register</translation>
        </message>
        <message>
            <source>Nobody asked for access in this period.</source>
            <translation>Nobody asked for access in this period.</translation>
        </message>
        <message>
            <source>Nothing is held of this person, and nothing was used in this period.</source>
            <translation>Nothing is held of this person, and nothing was used in this period.</translation>
        </message>
        <message>
            <source>Say of whom.</source>
            <translation>Say of whom.</translation>
        </message>
        <message>
            <source>Own-data pack</source>
            <translation>Own-data pack</translation>
        </message>
        <message>
            <source>Save PDF…</source>
            <translation>Save PDF…</translation>
        </message>
        <message>
            <source>Save CSV…</source>
            <translation>Save CSV…</translation>
        </message>
        <message>
            <source>Enter or a double-click on a row: what this user saw.</source>
            <translation>Enter or a double-click on a row: what this user saw.</translation>
        </message>
    </context>
    <context>
        <name>Papers</name>
        <message>
            <source>It was not saved: {why}</source>
            <translation>It was not saved: {why}</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>Save as</translation>
        </message>
        <message>
            <source>Saved, and its SHA-256 is in the log: {digest}</source>
            <translation>Saved, and its SHA-256 is in the log: {digest}</translation>
        </message>
        <message>
            <source>Saved, but the bridge did not enter it in the log. SHA-256: {digest}</source>
            <translation>Saved, but the bridge did not enter it in the log. SHA-256: {digest}</translation>
        </message>
        <message>
            <source>Nothing was printed, because the bridge did not enter it: {why}</source>
            <translation>Nothing was printed, because the bridge did not enter it: {why}</translation>
        </message>
    </context>
    <context>
        <name>PrintedSheet</name>
        <message>
            <source>Printed at</source>
            <translation>Printed at</translation>
        </message>
        <message>
            <source>Printed by</source>
            <translation>Printed by</translation>
        </message>
        <message>
            <source>copy {n}</source>
            <translation>copy {n}</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Purpose</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copy</translation>
        </message>
    </context>
    <context>
        <name>AppPanel</name>
        <message>
            <source>As the app shows it while it hears the bridge; without connection it says so.</source>
            <translation>As the app shows it while it hears the bridge; without connection it says so.</translation>
        </message>
        <message>
            <source>Let the app of {person} show the wearer by this rule</source>
            <translation>Let the app of {person} show the wearer by this rule</translation>
        </message>
        <message>
            <source>No app is paired: nobody is shown anything.</source>
            <translation>No app is paired: nobody is shown anything.</translation>
        </message>
        <message>
            <source>No rule yet: it begins with the first app that is paired in this case.</source>
            <translation>No rule yet: it begins with the first app that is paired in this case.</translation>
        </message>
        <message>
            <source>Protected person</source>
            <translation>Protected person</translation>
        </message>
        <message>
            <source>Show nothing more in the app of {person}; it stops within a second</source>
            <translation>Show nothing more in the app of {person}; it stops within a second</translation>
        </message>
        <message>
            <source>The app draws a circle on its map; where it is, your role does not show you now.</source>
            <translation>The app draws a circle on its map; where it is, your role does not show you now.</translation>
        </message>
        <message>
            <source>The protected person's app</source>
            <translation>The protected person's app</translation>
        </message>
        <message>
            <source>Why? The reason is kept with the rule and in the log.</source>
            <translation>Why? The reason is kept with the rule and in the log.</translation>
        </message>
        <message>
            <source>{n} paired</source>
            <translation>{n} paired</translation>
        </message>
        <message>
            <source>{n} to decide ›</source>
            <translation>{n} to decide ›</translation>
        </message>
        <message>
            <source>Approve this rule…</source>
            <translation>Approve this rule…</translation>
        </message>
        <message>
            <source>Revoke this rule…</source>
            <translation>Revoke this rule…</translation>
        </message>
        <message>
            <source>Preview of the phone: nothing in it can be pressed here</source>
            <translation>Preview of the phone: nothing in it can be pressed here</translation>
        </message>
    </context>
    <context>
        <name>AppScreen</name>
        <message>
            <source>What the app shows: {words}</source>
            <translation>What the app shows: {words}</translation>
        </message>
    </context>
    <context>
        <name>app</name>
        <message>
            <source>Boundaries: Statistics Korea (KOGL type 1)</source>
            <translation>Boundaries: Statistics Korea (KOGL type 1)</translation>
        </message>
        <message>
            <source>Call for help (hold for 1 s)</source>
            <translation>Call for help (hold for 1 s)</translation>
        </message>
        <message>
            <source>Nobody is near</source>
            <translation>Nobody is near</translation>
        </message>
        <message>
            <source>Nobody was found within the distance that was set.</source>
            <translation>Nobody was found within the distance that was set.</translation>
        </message>
        <message>
            <source>Not paired</source>
            <translation>Not paired</translation>
        </message>
        <message>
            <source>Scan the QR code that you were given with this phone.</source>
            <translation>Scan the QR code that you were given with this phone.</translation>
        </message>
        <message>
            <source>The position is old</source>
            <translation>The position is old</translation>
        </message>
        <message>
            <source>This app does not always know where somebody is. If you feel in danger, call 112 at once.</source>
            <translation>This app does not always know where somebody is. If you feel in danger, call 112 at once.</translation>
        </message>
        <message>
            <source>about {m} away</source>
            <translation>about {m} away</translation>
        </message>
        <message>
            <source>coming nearer</source>
            <translation>coming nearer</translation>
        </message>
        <message>
            <source>movement unknown</source>
            <translation>movement unknown</translation>
        </message>
        <message>
            <source>moving away</source>
            <translation>moving away</translation>
        </message>
        <message>
            <source>position measured {s} ago</source>
            <translation>position measured {s} ago</translation>
        </message>
        <message>
            <source>to the east</source>
            <translation>to the east</translation>
        </message>
        <message>
            <source>to the north</source>
            <translation>to the north</translation>
        </message>
        <message>
            <source>to the north-east</source>
            <translation>to the north-east</translation>
        </message>
        <message>
            <source>to the north-west</source>
            <translation>to the north-west</translation>
        </message>
        <message>
            <source>to the south</source>
            <translation>to the south</translation>
        </message>
        <message>
            <source>to the south-east</source>
            <translation>to the south-east</translation>
        </message>
        <message>
            <source>to the south-west</source>
            <translation>to the south-west</translation>
        </message>
        <message>
            <source>to the west</source>
            <translation>to the west</translation>
        </message>
        <message>
            <source>within {m}</source>
            <translation>within {m}</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>Bongsu Protect</source>
            <translation>Bongsu Protect</translation>
        </message>
        <message>
            <source>distance unchanged</source>
            <translation>distance unchanged</translation>
        </message>
        <message>
            <source>The person under the order is near</source>
            <translation>The person under the order is near</translation>
        </message>
    </context>
    <context>
        <name>CaseQuestion</name>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
    </context>
    <context>
        <name>CertificateView</name>
        <message>
            <source>Certificate of destruction</source>
            <translation>Certificate of destruction</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>Print as PDF…</source>
            <translation>Print as PDF…</translation>
        </message>
        <message>
            <source>Save the signed certificate…</source>
            <translation>Save the signed certificate…</translation>
        </message>
    </context>
    <context>
        <name>DestructionQuestion</name>
        <message>
            <source>Ask for destruction</source>
            <translation>Ask for destruction</translation>
        </message>
        <message>
            <source>Everything person-linked of the case becomes unreadable for good. Another person decides.</source>
            <translation>Everything person-linked of the case becomes unreadable for good. Another person decides.</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>Ground</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
    </context>
    <context>
        <name>HoldQuestion</name>
        <message>
            <source>Place a legal hold</source>
            <translation>Place a legal hold</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>The case is not destroyed before the end of the hold. You answer for it.</source>
            <translation>The case is not destroyed before the end of the hold. You answer for it.</translation>
        </message>
        <message>
            <source>Until (KST)</source>
            <translation>Until (KST)</translation>
        </message>
    </context>
    <context>
        <name>UpkeepPanel</name>
        <message>
            <source>A legal hold until {day} keeps it from being destroyed.</source>
            <translation>A legal hold until {day} keeps it from being destroyed.</translation>
        </message>
        <message>
            <source>Ask for destruction…</source>
            <translation>Ask for destruction…</translation>
        </message>
        <message>
            <source>Asked for by</source>
            <translation>Asked for by</translation>
        </message>
        <message>
            <source>Choose a line to see what would be destroyed, and why.</source>
            <translation>Choose a line to see what would be destroyed, and why.</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>Decision</translation>
        </message>
        <message>
            <source>Destroy for good…</source>
            <translation>Destroy for good…</translation>
        </message>
        <message>
            <source>Destroy {case} for good: positions, recordings, exports and copies. It cannot be undone.</source>
            <translation>Destroy {case} for good: positions, recordings, exports and copies. It cannot be undone.</translation>
        </message>
        <message>
            <source>Destroyed</source>
            <translation>Destroyed</translation>
        </message>
        <message>
            <source>Destruction</source>
            <translation>Destruction</translation>
        </message>
        <message>
            <source>Dry run</source>
            <translation>Dry run</translation>
        </message>
        <message>
            <source>Dry run: this would become unreadable</source>
            <translation>Dry run: this would become unreadable</translation>
        </message>
        <message>
            <source>Due since</source>
            <translation>Due since</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>Ground</translation>
        </message>
        <message>
            <source>Legal holds</source>
            <translation>Legal holds</translation>
        </message>
        <message>
            <source>Lift the hold on {case}</source>
            <translation>Lift the hold on {case}</translation>
        </message>
        <message>
            <source>No case is on hold.</source>
            <translation>No case is on hold.</translation>
        </message>
        <message>
            <source>Nothing is due for destruction.</source>
            <translation>Nothing is due for destruction.</translation>
        </message>
        <message>
            <source>Place a hold…</source>
            <translation>Place a hold…</translation>
        </message>
        <message>
            <source>Provision</source>
            <translation>Provision</translation>
        </message>
        <message>
            <source>Refuse the destruction of {case}</source>
            <translation>Refuse the destruction of {case}</translation>
        </message>
        <message>
            <source>Refuse…</source>
            <translation>Refuse…</translation>
        </message>
        <message>
            <source>SHA-256 of the certificate</source>
            <translation>SHA-256 of the certificate</translation>
        </message>
        <message>
            <source>State of the log</source>
            <translation>State of the log</translation>
        </message>
        <message>
            <source>There is no certificate yet.</source>
            <translation>There is no certificate yet.</translation>
        </message>
        <message>
            <source>What</source>
            <translation>What</translation>
        </message>
        <message>
            <source>Why? The reason stands on the certificate and in the log.</source>
            <translation>Why? The reason stands on the certificate and in the log.</translation>
        </message>
        <message>
            <source>Why? What is due may then be destroyed.</source>
            <translation>Why? What is due may then be destroyed.</translation>
        </message>
        <message>
            <source>Your own request: another person decides it.</source>
            <translation>Your own request: another person decides it.</translation>
        </message>
        <message>
            <source>copy outside</source>
            <translation>copy outside</translation>
        </message>
        <message>
            <source>due by law</source>
            <translation>due by law</translation>
        </message>
        <message>
            <source>never</source>
            <translation>never</translation>
        </message>
        <message>
            <source>signed checkpoint</source>
            <translation>signed checkpoint</translation>
        </message>
        <message>
            <source>what was delivered under {grant}</source>
            <translation>what was delivered under {grant}</translation>
        </message>
        <message>
            <source>whole case</source>
            <translation>whole case</translation>
        </message>
        <message>
            <source>Old positions…</source>
            <translation>Old positions…</translation>
        </message>
        <message>
            <source>{held} of {cases} cases kept whole</source>
            <translation>{held} of {cases} cases kept whole</translation>
        </message>
        <message>
            <source>{fixes} positions of {devices} devices; {held}</source>
            <translation>{fixes} positions of {devices} devices; {held}</translation>
        </message>
        <message>
            <source>positions of {devices} devices; {held}</source>
            <translation>positions of {devices} devices; {held}</translation>
        </message>
        <message>
            <source>Delete the old positions of {case} for good. It cannot be undone.</source>
            <translation>Delete the old positions of {case} for good. It cannot be undone.</translation>
        </message>
        <message>
            <source>Dry run: these positions would be deleted</source>
            <translation>Dry run: these positions would be deleted</translation>
        </message>
        <message>
            <source>integrity of the log verified</source>
            <translation>integrity of the log verified</translation>
        </message>
        <message>
            <source>Lift the hold…</source>
            <translation>Lift the hold…</translation>
        </message>
        <message>
            <source>Show certificate…</source>
            <translation>Show certificate…</translation>
        </message>
        <message>
            <source>due every {span}</source>
            <translation>due every {span}</translation>
        </message>
    </context>
    <context>
        <name>DebriefTimeline</name>
        <message>
            <source>Time line of the exercise</source>
            <translation>Time line of the exercise</translation>
        </message>
        <message>
            <source>● done   ◇ expert   ▬ limit   ▼ trainer, call</source>
            <translation>● done   ◇ expert   ▬ limit   ▼ trainer, call</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>Alarms</translation>
        </message>
        <message>
            <source>Trainer, calls</source>
            <translation>Trainer, calls</translation>
        </message>
    </context>
    <context>
        <name>DebriefWindow</name>
        <message>
            <source>112 told within 60 s</source>
            <translation>112 told within 60 s</translation>
        </message>
        <message>
            <source>A click on the time line, or Enter on a row, lives that moment again.</source>
            <translation>A click on the time line, or Enter on a row, replays that moment.</translation>
        </message>
        <message>
            <source>Acknowledged within 30 s</source>
            <translation>Acknowledged within 30 s</translation>
        </message>
        <message>
            <source>By</source>
            <translation>By</translation>
        </message>
        <message>
            <source>Called for</source>
            <translation>Called for</translation>
        </message>
        <message>
            <source>Debrief</source>
            <translation>Debrief</translation>
        </message>
        <message>
            <source>Debrief of an exercise: nobody in it exists</source>
            <translation>Debrief of an exercise: nobody in it exists</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Expected</translation>
        </message>
        <message>
            <source>Expected acts</source>
            <translation>Expected acts</translation>
        </message>
        <message>
            <source>Expert</source>
            <translation>Expert</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>Limit</translation>
        </message>
        <message>
            <source>Moments</source>
            <translation>Moments</translation>
        </message>
        <message>
            <source>Nothing has happened yet.</source>
            <translation>Nothing has happened yet.</translation>
        </message>
        <message>
            <source>Played</source>
            <translation>Played</translation>
        </message>
        <message>
            <source>Save as PDF</source>
            <translation>Save as PDF</translation>
        </message>
        <message>
            <source>Scenario</source>
            <translation>Scenario</translation>
        </message>
        <message>
            <source>This scenario expects no act.</source>
            <translation>This scenario expects no act.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>To be learnt</source>
            <translation>To be learnt</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Took</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Verdict</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>What happened</translation>
        </message>
        <message>
            <source>Acts as expected</source>
            <translation>Acts as expected</translation>
        </message>
        <message>
            <source>{n} of {m}</source>
            <translation>{n} of {m}</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
    </context>
    <context>
        <name>TrainingPanel</name>
        <message>
            <source>Call</source>
            <translation>Call</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Calls</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Debrief</source>
            <translation>Debrief</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>Exercise</translation>
        </message>
        <message>
            <source>No scenario has been started yet.</source>
            <translation>No scenario has been started yet.</translation>
        </message>
        <message>
            <source>Over since {time}. The debrief is ready.</source>
            <translation>Over since {time}. The debrief is ready.</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>Scenarios</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Speed</translation>
        </message>
        <message>
            <source>Start the scenario</source>
            <translation>Start the scenario</translation>
        </message>
        <message>
            <source>The library of scenarios could not be read.</source>
            <translation>The library of scenarios could not be read.</translation>
        </message>
        <message>
            <source>The trainer starts the scenario; its briefing stands here then.</source>
            <translation>The trainer starts the scenario; its briefing stands here then.</translation>
        </message>
        <message>
            <source>What does the caller say?</source>
            <translation>What does the caller say?</translation>
        </message>
        <message>
            <source>Write scenarios…</source>
            <translation>Write scenarios…</translation>
        </message>
        <message>
            <source>End scenario</source>
            <translation>End scenario</translation>
        </message>
        <message>
            <source>Inject</source>
            <translation>Inject</translation>
        </message>
        <message>
            <source>Start a scenario first.</source>
            <translation>Start a scenario first.</translation>
        </message>
        <message>
            <source>Nothing can be injected into a recording.</source>
            <translation>Nothing can be injected into a recording.</translation>
        </message>
        <message>
            <source>{passed} of {whole}</source>
            <translation>{passed} of {whole}</translation>
        </message>
    </context>
    <context>
        <name>TrainingView</name>
        <message>
            <source>Open a recording first: what is compared is what it holds.</source>
            <translation>Open a recording first: what is compared is what it holds.</translation>
        </message>
        <message>
            <source>There is nothing to show of it.</source>
            <translation>There is nothing to show of it.</translation>
        </message>
        <message>
            <source>Scenarios are written by a trainer, in a room for exercises.</source>
            <translation>Scenarios are written by a trainer, in a room for exercises.</translation>
        </message>
    </context>
    <context>
        <name>WhatIfWindow</name>
        <message>
            <source>As it was, and what if</source>
            <translation>As it was, and what if</translation>
        </message>
        <message>
            <source>Change a ring, a zone or the threshold, then compare: both runs are shown side by side.</source>
            <translation>Change a ring, a zone or the threshold, then compare: both runs are shown side by side.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Compare</translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Differences</translation>
        </message>
        <message>
            <source>Nothing in force changes; only this recording is evaluated again.</source>
            <translation>Nothing in force changes; only this recording is evaluated again.</translation>
        </message>
        <message>
            <source>Red from a probability of</source>
            <translation>Red from a probability of</translation>
        </message>
        <message>
            <source>Evaluating the recording again…</source>
            <translation>Evaluating the recording again…</translation>
        </message>
        <message>
            <source>The rules</source>
            <translation>The rules</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>What if</translation>
        </message>
        <message>
            <source>Zone {name}: warn from</source>
            <translation>Zone {name}: warn from</translation>
        </message>
        <message>
            <source>Zone {name}: wider by</source>
            <translation>Zone {name}: wider by</translation>
        </message>
        <message>
            <source>{earlier} earlier, {later} later, {new} new, {gone} gone, {same} the same.</source>
            <translation>{earlier} earlier, {later} later, {new} new, {gone} gone, {same} the same.</translation>
        </message>
        <message>
            <source>Progress of the evaluation</source>
            <translation>Progress of the evaluation</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>Evaluating the recording again: {share} %</source>
            <translation>Evaluating the recording again: {share} %</translation>
        </message>
        <message>
            <source>Ring {name} · {effect}</source>
            <translation>Ring {name} · {effect}</translation>
        </message>
        <message>
            <source>in force: {value}</source>
            <translation>in force: {value}</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>CSV table</source>
            <translation>CSV table</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Form</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>From (KST)</translation>
        </message>
        <message>
            <source>GPX track</source>
            <translation>GPX track</translation>
        </message>
        <message>
            <source>GeoJSON for maps</source>
            <translation>GeoJSON for maps</translation>
        </message>
        <message>
            <source>Hand out positions</source>
            <translation>Hand out positions</translation>
        </message>
        <message>
            <source>Make the file</source>
            <translation>Make the file</translation>
        </message>
        <message>
            <source>Recipient</source>
            <translation>Recipient</translation>
        </message>
        <message>
            <source>The file is encrypted, and marked throughout with your name, the time, the request and the recipient. Only the period of the access is in it. It must be destroyed again; the bridge reminds you.</source>
            <translation>The file is encrypted, and marked throughout with your name, the time, the request and the recipient. Only the period of the access is in it. It must be destroyed again; the bridge reminds you.</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>To (KST)</translation>
        </message>
        <message>
            <source>Under which access</source>
            <translation>Under which access</translation>
        </message>
        <message>
            <source>until {clock}</source>
            <translation>until {clock}</translation>
        </message>
        <message>
            <source>Cursor on Target events</source>
            <translation>Cursor on Target events</translation>
        </message>
        <message>
            <source>KML track</source>
            <translation>KML track</translation>
        </message>
        <message>
            <source>OGC Moving Features</source>
            <translation>OGC Moving Features</translation>
        </message>
    </context>
    <context>
        <name>ExportGoneDialog</name>
        <message>
            <source>An export is destroyed</source>
            <translation>An export is destroyed</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>Confirm</translation>
        </message>
        <message>
            <source>How is that known?</source>
            <translation>How is that known?</translation>
        </message>
        <message>
            <source>Number of the export</source>
            <translation>Number of the export</translation>
        </message>
    </context>
    <context>
        <name>ExportResult</name>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>Passphrase</translation>
        </message>
        <message>
            <source>Passphrase: it is told once and kept nowhere. Send it by another way than the file.</source>
            <translation>Passphrase: it is told once and kept nowhere. Send it by another way than the file.</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>Positions</translation>
        </message>
        <message>
            <source>Recipient</source>
            <translation>Recipient</translation>
        </message>
        <message>
            <source>Save the file…</source>
            <translation>Save the file…</translation>
        </message>
        <message>
            <source>The file is ready</source>
            <translation>The file is ready</translation>
        </message>
        <message>
            <source>To be destroyed by</source>
            <translation>To be destroyed by</translation>
        </message>
    </context>
    <context>
        <name>ExportActions</name>
        <message>
            <source>Positions leave only under running access that allows export; request it first (R).</source>
            <translation>Positions leave only under running access that allows export; request it first (R).</translation>
        </message>
        <message>
            <source>The bridge encrypts the file…</source>
            <translation>The bridge encrypts the file…</translation>
        </message>
    </context>
    <context>
        <name>Surroundings</name>
        <message>
            <source>inside</source>
            <translation>inside</translation>
        </message>
        <message>
            <source>outside</source>
            <translation>outside</translation>
        </message>
        <message>
            <source>{span} ago</source>
            <translation>{span} ago</translation>
        </message>
        <message>
            <source>this case</source>
            <translation>this case</translation>
        </message>
        <message>
            <source>another case</source>
            <translation>another case</translation>
        </message>
    </context>
    <context>
        <name>Destinations</name>
        <message>
            <source>Where to send units</source>
            <translation>Where to send units</translation>
        </message>
        <message>
            <source>To the person · {place}</source>
            <translation>To the person · {place}</translation>
        </message>
    </context>
    <context>
        <name>AroundSection</name>
        <message>
            <source>Where the person could be</source>
            <translation>Where the person could be</translation>
        </message>
        <message>
            <source>Monitored persons near</source>
            <translation>Monitored persons near</translation>
        </message>
    </context>
    <context>
        <name>ComparingView</name>
        <message>
            <source>Choose an alarm with an incident first.</source>
            <translation>Choose an alarm with an incident first.</translation>
        </message>
        <message>
            <source>Save the incident as one picture</source>
            <translation>Save the incident as one picture</translation>
        </message>
        <message>
            <source>The picture is saved.</source>
            <translation>The picture is saved.</translation>
        </message>
        <message>
            <source>The picture was not saved: {why}</source>
            <translation>The picture was not saved: {why}</translation>
        </message>
    </context>
    <context>
        <name>ComparisonWindow</name>
        <message>
            <source>0 is the moment of each alarm, in seconds.</source>
            <translation>0 is the moment of each alarm, in seconds.</translation>
        </message>
        <message>
            <source>Alarms to compare</source>
            <translation>Alarms to compare</translation>
        </message>
        <message>
            <source>Closing  m/s</source>
            <translation>Closing  m/s</translation>
        </message>
        <message>
            <source>Compare incidents</source>
            <translation>Compare incidents</translation>
        </message>
        <message>
            <source>Distance  m</source>
            <translation>Distance  m</translation>
        </message>
        <message>
            <source>Distance and closing speed of the chosen alarms</source>
            <translation>Distance and closing speed of the chosen alarms</translation>
        </message>
        <message>
            <source>{n} drawn over each other</source>
            <translation>{n} drawn over each other</translation>
        </message>
    </context>
    <context>
        <name>IncidentSheet</name>
        <message>
            <source>Acts</source>
            <translation>Acts</translation>
        </message>
        <message>
            <source>Distance, m</source>
            <translation>Distance, m</translation>
        </message>
        <message>
            <source>Incident {name} · case {case}</source>
            <translation>Incident {name} · case {case}</translation>
        </message>
        <message>
            <source>No positions may be shown.</source>
            <translation>No positions may be shown.</translation>
        </message>
        <message>
            <source>Speed, m/s</source>
            <translation>Speed, m/s</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Where</translation>
        </message>
        <message>
            <source>still open</source>
            <translation>still open</translation>
        </message>
        <message>
            <source>wearer</source>
            <translation>wearer</translation>
        </message>
        <message>
            <source>protected person</source>
            <translation>protected person</translation>
        </message>
        <message>
            <source>owner {user}</source>
            <translation>owner {user}</translation>
        </message>
    </context>
    <context>
        <name>HeldActs</name>
        <message>
            <source>Done in {n} s. Ctrl+Z takes it back.</source>
            <translation>Done in {n} s. Ctrl+Z takes it back.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent: what is done is done and in the log.</source>
            <translation>Nothing waits to be sent: what is done is done and in the log.</translation>
        </message>
        <message>
            <source>Taken back; nothing was sent.</source>
            <translation>Taken back; nothing was sent.</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>Skip the tour</source>
            <translation>Skip the tour</translation>
        </message>
        <message>
            <source>◀ Alarms</source>
            <translation>◀ Alarms</translation>
        </message>
        <message>
            <source>The most urgent stands on top: red act, amber look. Space acknowledges the one you are on; it is yours then.</source>
            <translation>The most urgent stands on top: red act, amber look. Space acknowledges the one you are on; it is yours then.</translation>
        </message>
        <message>
            <source>The map</source>
            <translation>The map</translation>
        </message>
        <message>
            <source>Arrow heads are wearers, rings with a shield the people they must not come near. Double-click any row to go there.</source>
            <translation>Arrow heads are wearers, rings with a shield the people they must not come near. Double-click any row to go there.</translation>
        </message>
        <message>
            <source>The case ▶</source>
            <translation>The case ▶</translation>
        </message>
        <message>
            <source>How the two stand, in one sentence; below it the next steps with their timers. W records how the first one ended.</source>
            <translation>How the two stand, in one sentence; below it the next steps with their timers. W records how the first one ended.</translation>
        </message>
        <message>
            <source>▼ Charts and incident</source>
            <translation>▼ Charts and incident</translation>
        </message>
        <message>
            <source>Enter opens the incident of an alarm. D sends the fastest unit, Alt+D chooses where to. Shift+C closes it.</source>
            <translation>Enter opens the incident of an alarm. D sends the fastest unit, Alt+D chooses where to. Shift+C closes it.</translation>
        </message>
        <message>
            <source>Every action</source>
            <translation>Every action</translation>
        </message>
        <message>
            <source>Ctrl+K finds any action by its name, F1 shows all keys, Shift+F1 this tour. The people here are made up.</source>
            <translation>Ctrl+K finds any action by its name, F1 shows all keys, Shift+F1 this tour. The people here are made up.</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>Begin</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Next</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Back</translation>
        </message>
    </context>
    <context>
        <name>ExportsPanel</name>
        <message>
            <source>Handed out</source>
            <translation>Handed out</translation>
        </message>
        <message>
            <source>No file with positions is out.</source>
            <translation>No file with positions is out.</translation>
        </message>
        <message>
            <source>Confirm that the recipient has destroyed or returned the file</source>
            <translation>Confirm that the recipient has destroyed or returned the file</translation>
        </message>
        <message>
            <source>{out} out, {due} of them overdue</source>
            <translation>{out} out, {due} of them overdue</translation>
        </message>
        <message>
            <source>{out} out</source>
            <translation>{out} out</translation>
        </message>
        <message>
            <source>Confirm destruction…</source>
            <translation>Confirm destruction…</translation>
        </message>
    </context>
    <context>
        <name>ScenarioEditor</name>
        <message>
            <source>A copy that is not saved yet. Give it a title of its own.</source>
            <translation>A copy that is not saved yet. Give it a title of its own.</translation>
        </message>
        <message>
            <source>A file of this room.</source>
            <translation>A file of this room.</translation>
        </message>
        <message>
            <source>All is right; its way is on the map.</source>
            <translation>All is right; its way is on the map.</translation>
        </message>
        <message>
            <source>Being checked…</source>
            <translation>Being checked…</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>Go on writing</source>
            <translation>Go on writing</translation>
        </message>
        <message>
            <source>Let it go</source>
            <translation>Let it go</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Library</translation>
        </message>
        <message>
            <source>Line {line}   {what}</source>
            <translation>Line {line}   {what}</translation>
        </message>
        <message>
            <source>Errors: {n}. Nothing was saved.</source>
            <translation>Errors: {n}. Nothing was saved.</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>Not saved</translation>
        </message>
        <message>
            <source>Not saved yet.</source>
            <translation>Not saved yet.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Save</translation>
        </message>
        <message>
            <source>Saved. It stands in the library now, and its way is on the map.</source>
            <translation>Saved. It stands in the library now, and its way is on the map.</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>Scenarios</translation>
        </message>
        <message>
            <source>Ships with Bongsu; what you save stands in its place.</source>
            <translation>Ships with Bongsu; what you save stands in its place.</translation>
        </message>
        <message>
            <source>The scenario as text</source>
            <translation>The scenario as text</translation>
        </message>
        <message>
            <source>This scenario is signed as it is, or its file is gone; it cannot be written here.</source>
            <translation>This scenario is signed as it is, or its file is gone; it cannot be written here.</translation>
        </message>
        <message>
            <source>What is not right</source>
            <translation>What is not right</translation>
        </message>
        <message>
            <source>What you have written in {name} is not saved and will be gone.</source>
            <translation>What you have written in {name} is not saved and will be gone.</translation>
        </message>
        <message>
            <source>Work on a copy</source>
            <translation>Work on a copy</translation>
        </message>
        <message>
            <source>Write scenarios</source>
            <translation>Write scenarios</translation>
        </message>
    </context>
    <context>
        <name>defects</name>
        <message>
            <source>field {0}</source>
            <translation>field {0}</translation>
        </message>
        <message>
            <source>number {0}</source>
            <translation>number {0}</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>step {0}</translation>
        </message>
        <message>
            <source>a re-enactment is signed as it is and not written at a desk; leave the field out</source>
            <translation>a re-enactment is signed as it is and not written at a desk; leave the field out</translation>
        </message>
        <message>
            <source>is carried by {0}, whose way is not told; add a table [[movements]] with person = {1}</source>
            <translation>is carried by {0}, whose way is not told; add a table [[movements]] with person = {1}</translation>
        </message>
        <message>
            <source>is missing; a number is needed</source>
            <translation>is missing; a number is needed</translation>
        </message>
        <message>
            <source>is missing; a text is needed</source>
            <translation>is missing; a text is needed</translation>
        </message>
        <message>
            <source>is not TOML: {0} (at line {1}, column {2})</source>
            <translation>is not TOML: {0} (at line {1}, column {2})</translation>
        </message>
        <message>
            <source>is not known (did you mean {0}?)</source>
            <translation>is not known (did you mean {0}?)</translation>
        </message>
        <message>
            <source>is not known; known are {0}</source>
            <translation>is not known; known are {0}</translation>
        </message>
        <message>
            <source>must be 1 to 63 small letters, digits and hyphens: it names the file</source>
            <translation>must be 1 to 63 small letters, digits and hyphens: it names the file</translation>
        </message>
        <message>
            <source>must be a number</source>
            <translation>must be a number</translation>
        </message>
        <message>
            <source>must be a number from {0} to {1}</source>
            <translation>must be a number from {0} to {1}</translation>
        </message>
        <message>
            <source>must be a text</source>
            <translation>must be a text</translation>
        </message>
        <message>
            <source>must be a text of 1 to {0} characters</source>
            <translation>must be a text of 1 to {0} characters</translation>
        </message>
        <message>
            <source>must be a time after the beginning such as {0} (hours:minutes:seconds)</source>
            <translation>must be a time after the beginning such as {0} (hours:minutes:seconds)</translation>
        </message>
        <message>
            <source>must be later than {0}</source>
            <translation>must be later than {0}</translation>
        </message>
        <message>
            <source>must be one of {0}</source>
            <translation>must be one of {0}</translation>
        </message>
        <message>
            <source>must be the name of a file beside the scenario, without a folder</source>
            <translation>must be the name of a file beside the scenario, without a folder</translation>
        </message>
        <message>
            <source>must have 1 to {0} characters</source>
            <translation>must have 1 to {0} characters</translation>
        </message>
        <message>
            <source>must lie within {0} and {1}</source>
            <translation>must lie within {0} and {1}</translation>
        </message>
        <message>
            <source>needs exactly one of {0}</source>
            <translation>needs exactly one of {0}</translation>
        </message>
        <message>
            <source>was not kept ({0})</source>
            <translation>was not kept ({0})</translation>
        </message>
        <message>
            <source>{0} is neither a place nor a person of this file; its places are {1}</source>
            <translation>{0} is neither a place nor a person of this file; its places are {1}</translation>
        </message>
        <message>
            <source>{0} is no place of this file; its places are {1}</source>
            <translation>{0} is no place of this file; its places are {1}</translation>
        </message>
        <message>
            <source>{0} is no {1} of this file; known are {2}</source>
            <translation>{0} is no {1} of this file; known are {2}</translation>
        </message>
        <message>
            <source>{0} stands {1} times; once is right</source>
            <translation>{0} stands {1} times; once is right</translation>
        </message>
    </context>
    <context>
        <name>failures</name>
        <message>
            <source>a protected person is told by app or SMS only</source>
            <translation>a protected person is told by app or SMS only</translation>
        </message>
        <message>
            <source>channel {0} is not configured</source>
            <translation>{0} is not set up</translation>
        </message>
        <message>
            <source>no mail address is configured for the recipient</source>
            <translation>no mail address is configured for the recipient</translation>
        </message>
        <message>
            <source>no phone number is known for the recipient</source>
            <translation>no phone number is known for the recipient</translation>
        </message>
        <message>
            <source>the mail server could not be used ({0})</source>
            <translation>the mail server could not be used ({0})</translation>
        </message>
        <message>
            <source>the mail server refused the message ({0})</source>
            <translation>the mail server refused the message ({0})</translation>
        </message>
        <message>
            <source>the other side answered {0}</source>
            <translation>the other side answered {0}</translation>
        </message>
        <message>
            <source>the certificate of the other side is not trusted</source>
            <translation>the certificate of the other side is not trusted</translation>
        </message>
        <message>
            <source>the other side did not answer in time</source>
            <translation>the other side did not answer in time</translation>
        </message>
        <message>
            <source>the other side refused the connection</source>
            <translation>the other side refused the connection</translation>
        </message>
        <message>
            <source>the other side could not be reached ({0})</source>
            <translation>the other side could not be reached ({0})</translation>
        </message>
        <message>
            <source>the unit's terminal is not connected</source>
            <translation>the unit's terminal is not connected</translation>
        </message>
        <message>
            <source>the recipient carries no device</source>
            <translation>the recipient carries no device</translation>
        </message>
        <message>
            <source>the recipient's device was never heard</source>
            <translation>the recipient's device was never heard</translation>
        </message>
        <message>
            <source>the recipient's device did not answer</source>
            <translation>the recipient's device did not answer</translation>
        </message>
    </context>
    <context>
        <name>formats</name>
        <message>
            <source>{n} d</source>
            <translation>{n} d</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
    </context>
    <context>
        <name>AreaSketch</name>
        <message>
            <source>Area</source>
            <translation>Area</translation>
        </message>
        <message>
            <source>centre {place}</source>
            <translation>centre {place}</translation>
        </message>
    </context>
    <context>
        <name>RetentionQuestion</name>
        <message>
            <source>Old positions</source>
            <translation>Old positions</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>Propose deletion</source>
            <translation>Propose deletion</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Positions that are older than the law allows</source>
            <translation>Positions that are older than the law allows</translation>
        </message>
        <message>
            <source>Another supervisor decides within 24 hours. What goes is what is too old now; legal holds are kept whole.</source>
            <translation>Another supervisor decides within 24 hours. What goes is what is too old now; legal holds are kept whole.</translation>
        </message>
        <message>
            <source>Counting what is stored…</source>
            <translation>Counting what is stored…</translation>
        </message>
        <message>
            <source>Nothing is older than the law allows.</source>
            <translation>Nothing is older than the law allows.</translation>
        </message>
    </context>
    <context>
        <name>OrderEndQuestion</name>
        <message>
            <source>As the court's record says. The order holds until another supervisor has confirmed it.</source>
            <translation>As the court's record says. The order holds until another supervisor has confirmed it.</translation>
        </message>
        <message>
            <source>End an order</source>
            <translation>End an order</translation>
        </message>
        <message>
            <source>Ends at (KST)</source>
            <translation>Ends at (KST)</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>Ground</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Reason</translation>
        </message>
    </context>
    <context>
        <name>OrderEndsPanel</name>
        <message>
            <source>Ends of orders</source>
            <translation>Ends of orders</translation>
        </message>
        <message>
            <source>No order was ended before its date.</source>
            <translation>No order was ended before its date.</translation>
        </message>
        <message>
            <source>Enter…</source>
            <translation>Enter…</translation>
        </message>
        <message>
            <source>Confirm…</source>
            <translation>Confirm…</translation>
        </message>
        <message>
            <source>Refuse…</source>
            <translation>Refuse…</translation>
        </message>
        <message>
            <source>Your own entry: another person decides it.</source>
            <translation>Your own entry: another person decides it.</translation>
        </message>
        <message>
            <source>The order of {case} holds as before</source>
            <translation>The order of {case} holds as before</translation>
        </message>
        <message>
            <source>What does the court's record say? It stands in the log.</source>
            <translation>What does the court's record say? It stands in the log.</translation>
        </message>
        <message>
            <source>Enter that an order ends before its date</source>
            <translation>Enter that an order ends before its date</translation>
        </message>
    </context>
    <context>
        <name>NoteDialog</name>
        <message>
            <source>please choose</source>
            <translation>please choose</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>What should the timeline say?</source>
            <translation>What should the timeline say?</translation>
        </message>
        <message>
            <source>Write</source>
            <translation>Write</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>About</source>
            <translation>About</translation>
        </message>
        <message>
            <source>It is</source>
            <translation>It is</translation>
        </message>
    </context>
    <context>
        <name>Consent</name>
        <message>
            <source>agreed to being tracked: {version}, {day}</source>
            <translation>agreed to being tracked: {version}, {day}</translation>
        </message>
        <message>
            <source>consent withdrawn {day}: not tracked</source>
            <translation>consent withdrawn {day}: not tracked</translation>
        </message>
        <message>
            <source>agrees to being tracked</source>
            <translation>agrees to being tracked</translation>
        </message>
        <message>
            <source>withdraws: tracking ends at once, 112 is told</source>
            <translation>withdraws: tracking ends at once, 112 is told</translation>
        </message>
        <message>
            <source>What {person} says to being tracked</source>
            <translation>What {person} says to being tracked</translation>
        </message>
        <message>
            <source>Agrees: which text on the limits was read to them? Withdraws: what did they say?</source>
            <translation>Agrees: which text on the limits was read to them? Withdraws: what did they say?</translation>
        </message>
        <message>
            <source>consent to being tracked: none entered</source>
            <translation>consent to being tracked: none entered</translation>
        </message>
    </context>
    <context>
        <name>LastKnown</name>
        <message>
            <source>Last known positions</source>
            <translation>Last known positions</translation>
        </message>
        <message>
            <source>As of</source>
            <translation>As of</translation>
        </message>
        <message>
            <source>People</source>
            <translation>People</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>Risk</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Case</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>Heard</source>
            <translation>Heard</translation>
        </message>
        <message>
            <source>Measured (KST)</source>
            <translation>Measured (KST)</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Age</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>Error</translation>
        </message>
        <message>
            <source>Police station · officer</source>
            <translation>Police station · officer</translation>
        </message>
        <message>
            <source>no device</source>
            <translation>no device</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>EXERCISE</translation>
        </message>
        <message>
            <source>Nobody on this list exists. Do not act on it.</source>
            <translation>Nobody on this list exists. Do not act on it.</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>Cases</translation>
        </message>
        <message>
            <source>NOT COMPLETE</source>
            <translation>NOT COMPLETE</translation>
        </message>
        <message>
            <source>The bridge has not said yet how many cases there are.</source>
            <translation>The bridge has not said yet how many cases there are.</translation>
        </message>
        <message>
            <source>{n} of {all} in force</source>
            <translation>{n} of {all} in force</translation>
        </message>
        <message>
            <source>{n} cases are missing: this desk has not received them, or may not see them.</source>
            <translation>{n} cases are missing: this desk has not received them, or may not see them.</translation>
        </message>
        <message>
            <source>Position (WGS 84 · national point number)</source>
            <translation>Position (WGS 84 · national point number)</translation>
        </message>
    </context>
    <context>
        <name>where</name>
        <message>
            <source>north</source>
            <translation>north</translation>
        </message>
        <message>
            <source>north-east</source>
            <translation>north-east</translation>
        </message>
        <message>
            <source>east</source>
            <translation>east</translation>
        </message>
        <message>
            <source>south-east</source>
            <translation>south-east</translation>
        </message>
        <message>
            <source>south</source>
            <translation>south</translation>
        </message>
        <message>
            <source>south-west</source>
            <translation>south-west</translation>
        </message>
        <message>
            <source>west</source>
            <translation>west</translation>
        </message>
        <message>
            <source>north-west</source>
            <translation>north-west</translation>
        </message>
        <message>
            <source>position of {person} {error}</source>
            <translation>position of {person} {error}</translation>
        </message>
        <message>
            <source>near {place} {error}</source>
            <translation>near {place} {error}</translation>
        </message>
        <message>
            <source>{side} of the protected person</source>
            <translation>{side} of the protected person</translation>
        </message>
        <message>
            <source>heading {side}</source>
            <translation>heading {side}</translation>
        </message>
        <message>
            <source>Wearer {parts}.</source>
            <translation>Wearer {parts}.</translation>
        </message>
    </context>
    <context>
        <name>PlannedLine</name>
        <message>
            <source>within {span}</source>
            <translation>within {span}</translation>
        </message>
    </context>
</TS>
