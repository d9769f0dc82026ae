<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
    <context>
        <name>AlarmPanel</name>
        <message>
            <source>Alarms</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>priority · contact · age</source>
            <translation>우선순위 · 적색까지 · 경과</translation>
        </message>
        <message>
            <source>Sort by priority, then time to contact, then age</source>
            <translation>우선순위, 적색 경보 거리 도달 예상, 경과 시간 순으로 정렬</translation>
        </message>
        <message>
            <source>No alarms. All is calm.</source>
            <translation>경보 없음. 이상 없습니다.</translation>
        </message>
        <message>
            <source>Acknowledge a tampered strap</source>
            <translation>스트랩 훼손 경보 확인</translation>
        </message>
        <message>
            <source>What has been checked, and by whom?</source>
            <translation>누가 무엇을 확인했습니까?</translation>
        </message>
        <message>
            <source>The test alarm of this shift has not been run: Ctrl+Shift+T</source>
            <translation>이번 근무의 시험 경보를 아직 하지 않았습니다: Ctrl+Shift+T</translation>
        </message>
        <message>
            <source>FLOOD: work priority 1 first</source>
            <translation>경보 폭주: 1순위부터 처리하십시오</translation>
        </message>
        <message>
            <source>This is done to each alarm by itself: choose one of them, then press the key again.</source>
            <translation>이 작업은 경보마다 따로 합니다. 하나를 선택한 뒤 키를 다시 누르십시오.</translation>
        </message>
        <message>
            <source>{n} in {rows} rows</source>
            <translation>{n}건 · {rows}줄</translation>
        </message>
    </context>
    <context>
        <name>ApprovalsPanel</name>
        <message>
            <source>Requests</source>
            <translation>열람 신청</translation>
        </message>
        <message>
            <source>Running access</source>
            <translation>진행 중인 열람</translation>
        </message>
        <message>
            <source>Nobody sees more than routine shows.</source>
            <translation>상시 관제 범위를 넘는 열람이 없습니다.</translation>
        </message>
        <message>
            <source>Approve</source>
            <translation>승인</translation>
        </message>
        <message>
            <source>Narrow…</source>
            <translation>축소 승인…</translation>
        </message>
        <message>
            <source>Deny</source>
            <translation>거부</translation>
        </message>
        <message>
            <source>End now</source>
            <translation>즉시 종료</translation>
        </message>
        <message>
            <source>Review…</source>
            <translation>사후 심사…</translation>
        </message>
        <message>
            <source>Your own request: another person decides it.</source>
            <translation>본인 신청은 다른 사람이 결정합니다.</translation>
        </message>
        <message>
            <source>Running access and break-glass</source>
            <translation>진행 중인 열람 · 긴급 열람</translation>
        </message>
        <message>
            <source>never</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Log: verified {verified} · checkpoint {checkpoint} · copy outside {copy}</source>
            <translation>기록: 검증 {verified} · 서명 기록점 {checkpoint} · 외부 사본 {copy}</translation>
        </message>
        <message>
            <source>Choose a request to see what would be seen.</source>
            <translation>신청을 선택하면 열람 범위가 표시됩니다.</translation>
        </message>
        <message>
            <source>{have} of {need}: {who}</source>
            <translation>{need}명 중 {have}명: {who}</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>목적</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>Would be seen</source>
            <translation>열람 항목</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>대상 기간</translation>
        </message>
        <message>
            <source>Access runs for</source>
            <translation>열람 시간</translation>
        </message>
        <message>
            <source>Legal paper</source>
            <translation>근거 문서</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>On behalf of</source>
            <translation>요청 기관</translation>
        </message>
        <message>
            <source>Approvals</source>
            <translation>승인</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>결정</translation>
        </message>
        <message>
            <source>Approve this request</source>
            <translation>이 신청을 승인</translation>
        </message>
        <message>
            <source>Deny this request</source>
            <translation>이 신청을 거부</translation>
        </message>
        <message>
            <source>Why? The reason is kept with the request.</source>
            <translation>사유를 적어 주십시오. 신청과 함께 보존됩니다.</translation>
        </message>
        <message>
            <source>End this access now</source>
            <translation>이 열람을 즉시 종료</translation>
        </message>
        <message>
            <source>Why? It ends within a second.</source>
            <translation>사유를 적어 주십시오. 1초 안에 종료됩니다.</translation>
        </message>
        <message>
            <source>It was justified</source>
            <translation>정당했음</translation>
        </message>
        <message>
            <source>It was not justified</source>
            <translation>정당하지 않았음</translation>
        </message>
        <message>
            <source>Review a use of break-glass</source>
            <translation>긴급 열람 사후 심사</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>End the access that is chosen; for access that still runs</source>
            <translation>선택한 열람을 종료합니다. 진행 중인 열람에만 쓸 수 있습니다</translation>
        </message>
        <message>
            <source>Say whether the chosen use of break-glass was right; for uses that nobody has reviewed yet</source>
            <translation>선택한 긴급 열람이 정당했는지 심사합니다. 아직 심사하지 않은 긴급 열람에만 쓸 수 있습니다</translation>
        </message>
        <message>
            <source>Requests · {n} to decide</source>
            <translation>열람 신청 · 결정 대기 {n}건</translation>
        </message>
    </context>
    <context>
        <name>CasePanel</name>
        <message>
            <source>Acknowledge</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>대응</translation>
        </message>
        <message>
            <source>Choose an alarm, a case on the map, or a row anywhere.</source>
            <translation>경보나 지도의 사건, 또는 목록의 행을 선택하십시오.</translation>
        </message>
        <message>
            <source>Acknowledge {n}</source>
            <translation>{n}건 확인</translation>
        </message>
    </context>
    <context>
        <name>ClocksLine</name>
        <message>
            <source>measured</source>
            <translation>측정</translation>
        </message>
        <message>
            <source>received</source>
            <translation>수신</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>판정</translation>
        </message>
        <message>
            <source>on screen</source>
            <translation>화면 표시</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>in all</source>
            <translation>합계</translation>
        </message>
        <message>
            <source>− : the clocks of device, bridge and desk do not agree</source>
            <translation>− : 기기, 관제 서버, 화면의 시계가 서로 다릅니다</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Find an action</source>
            <translation>기능 찾기</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>무엇을 하시겠습니까?</translation>
        </message>
        <message>
            <source>Actions</source>
            <translation>기능</translation>
        </message>
    </context>
    <context>
        <name>Desk</name>
        <message>
            <source>Starting the bridge…</source>
            <translation>관제 서버를 시작하는 중…</translation>
        </message>
        <message>
            <source>Reaching the bridge…</source>
            <translation>관제 서버에 연결하는 중…</translation>
        </message>
        <message>
            <source>Demonstration with made-up people: logged in as {user} by itself. Ctrl+U changes to the other user.</source>
            <translation>가상 인물로 된 시연입니다. {user} 계정으로 자동 로그인했습니다. Ctrl+U로 다른 사용자로 바꿉니다.</translation>
        </message>
        <message>
            <source>Sound works again.</source>
            <translation>경보음이 다시 출력됩니다.</translation>
        </message>
        <message>
            <source>No sound device: alarms cannot be heard at this desk.</source>
            <translation>음향 장치 없음: 이 관제석에서 경보음을 들을 수 없습니다.</translation>
        </message>
        <message>
            <source>Something in this desk failed ({kind}). It goes on, and its log says where.</source>
            <translation>관제석 프로그램에 오류가 있었습니다({kind}). 계속 동작하며, 자세한 내용은 로그에 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>DeviceSection</name>
        <message>
            <source>Devices</source>
            <translation>장치</translation>
        </message>
    </context>
    <context>
        <name>EnteredLabels</name>
        <message>
            <source>Enter what no device shows · {case}</source>
            <translation>장치로 알 수 없는 사실 입력 · {case}</translation>
        </message>
        <message>
            <source>What happened, and who says so? The room hears it and 112 is told, unless the device is back on.</source>
            <translation>무슨 일이 있었고, 누가 알려 왔습니까? 관제실에 경보가 뜨고 112에 통보됩니다. 장치를 다시 부착한 경우는 통보하지 않습니다.</translation>
        </message>
        <message>
            <source>the device is back on the wearer</source>
            <translation>장치를 다시 부착함</translation>
        </message>
        <message>
            <source>the device is off with leave for {n} h</source>
            <translation>허가를 받아 {n}시간 동안 장치 분리</translation>
        </message>
        <message>
            <source>the protected person cannot be reached</source>
            <translation>보호대상자와 연락되지 않음</translation>
        </message>
        <message>
            <source>the protected person refuses the device</source>
            <translation>보호대상자가 보호장치 수령을 거부함</translation>
        </message>
        <message>
            <source>the wearer did not come to be fitted</source>
            <translation>피부착자가 부착 일시에 출석하지 않음</translation>
        </message>
        <message>
            <source>the wearer refuses the device</source>
            <translation>피부착자가 부착을 거부함</translation>
        </message>
    </context>
    <context>
        <name>GatewayPanel</name>
        <message>
            <source>Gateways</source>
            <translation>게이트웨이</translation>
        </message>
        <message>
            <source>No gateway is enrolled yet: bongsu-bridge enrol-gateway lets one in.</source>
            <translation>등록된 게이트웨이가 없습니다. bongsu-bridge enrol-gateway 명령으로 등록하십시오.</translation>
        </message>
    </context>
    <context>
        <name>HandOverDialog</name>
        <message>
            <source>Hand over at the end of the shift</source>
            <translation>근무 교대 인계</translation>
        </message>
        <message>
            <source>Who takes over (name of the account)</source>
            <translation>인수자 (계정 이름)</translation>
        </message>
        <message>
            <source>What they must know</source>
            <translation>인계 사항</translation>
        </message>
        <message>
            <source>Hand over</source>
            <translation>인계</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>{n} alarms and {m} incidents go over.</source>
            <translation>경보 {n}건과 대응 {m}건이 인계됩니다.</translation>
        </message>
        <message>
            <source>{n} silent cases wait to be acknowledged: nobody goes before somebody has seen them.</source>
            <translation>미확인 무신호 사건 {n}건이 있습니다. 확인해야 인계할 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>Headline</name>
        <message>
            <source>the alarm ring</source>
            <translation>적색 경보 거리</translation>
        </message>
        <message>
            <source>inside</source>
            <translation>진입</translation>
        </message>
        <message>
            <source>apart</source>
            <translation>거리</translation>
        </message>
        <message>
            <source>m/s away</source>
            <translation>m/s 이탈</translation>
        </message>
        <message>
            <source>m/s closing</source>
            <translation>m/s 접근</translation>
        </message>
        <message>
            <source>to contact</source>
            <translation>적색 경보 거리까지</translation>
        </message>
    </context>
    <context>
        <name>HealthPanel</name>
        <message>
            <source>Devices</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>No device is known yet.</source>
            <translation>아직 알려진 장치가 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>IncidentPanel</name>
        <message>
            <source>Units</source>
            <translation>출동 차량</translation>
        </message>
        <message>
            <source>No unit reports its position.</source>
            <translation>위치를 보고하는 차량이 없습니다.</translation>
        </message>
        <message>
            <source>Send unit</source>
            <translation>출동 지시</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>출동 취소</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Close…</source>
            <translation>종결…</translation>
        </message>
        <message>
            <source>No incident is open for this case. An acknowledged red alarm opens one.</source>
            <translation>이 사건에 열린 대응이 없습니다. 적색 경보를 확인하면 열립니다.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>대응 기록</translation>
        </message>
        <message>
            <source>Who has been told</source>
            <translation>통보 현황</translation>
        </message>
        <message>
            <source>Close incident {name}</source>
            <translation>대응 {name} 종결</translation>
        </message>
        <message>
            <source>What was found?</source>
            <translation>확인된 사실</translation>
        </message>
        <message>
            <source>Nobody outside has been told yet.</source>
            <translation>아직 외부에 통보되지 않았습니다.</translation>
        </message>
        <message>
            <source>To say: {step}</source>
            <translation>통화 문안: {step}</translation>
        </message>
        <message>
            <source>entry {n} of the log</source>
            <translation>기록 {n}번</translation>
        </message>
        <message>
            <source>arrives in {span}</source>
            <translation>도착까지 {span}</translation>
        </message>
        <message>
            <source>telephone 112</source>
            <translation>112에 전화하십시오</translation>
        </message>
        <message>
            <source>not heard for {span}</source>
            <translation>{span}째 보고 없음</translation>
        </message>
    </context>
    <context>
        <name>IncidentReport</name>
        <message>
            <source>Incident {name}</source>
            <translation>대응 {name}</translation>
        </message>
        <message>
            <source>still open</source>
            <translation>진행 중</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Opened</source>
            <translation>개시</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>종결</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>담당자</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>Report made</source>
            <translation>보고서 작성</translation>
        </message>
        <message>
            <source>The five clocks</source>
            <translation>다섯 시각</translation>
        </message>
        <message>
            <source>Alarms and the figures behind them</source>
            <translation>경보와 판단 근거</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>Units sent</source>
            <translation>출동 차량</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>통보</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>대응 기록</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>By</source>
            <translation>담당</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>Entry</source>
            <translation>기록 번호</translation>
        </message>
        <message>
            <source>Time (UTC)</source>
            <translation>시각 (UTC)</translation>
        </message>
        <message>
            <source>What</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>세부</translation>
        </message>
        <message>
            <source>How to check this report</source>
            <translation>이 보고서의 확인 방법</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>지도</translation>
        </message>
        <message>
            <source>The entry numbers above are those of the event log, which is chained by hashes and signed (bongsu-bridge verify). The SHA-256 of this file is itself an entry of the log, written when the report was made, and the bridge has signed it: bongsu-bridge verify-report FILE --key checkpoints.pub checks the file against the signature beside it (FILE.sig). SHA-256 of the text of this report:</source>
            <translation>위의 기록 번호는 해시로 연결되고 서명된 기록의 번호입니다(bongsu-bridge verify). 이 파일의 SHA-256 값은 보고서 작성 시 기록에 남고 관제 서버가 서명합니다. bongsu-bridge verify-report FILE --key checkpoints.pub 명령은 파일을 함께 저장된 서명(FILE.sig)과 대조합니다. 이 보고서 본문의 SHA-256:</translation>
        </message>
    </context>
    <context>
        <name>KeySheet</name>
        <message>
            <source>Keys</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>closes this sheet</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>KpiPanel</name>
        <message>
            <source>Statistics of the shift</source>
            <translation>근무 통계</translation>
        </message>
        <message>
            <source>Where most alarms come from</source>
            <translation>경보가 많은 사건</translation>
        </message>
        <message>
            <source>propose a change of zone or ring</source>
            <translation>구역·반경 조정 건의</translation>
        </message>
        <message>
            <source>Acknowledged</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>By desk and user</source>
            <translation>관제석·사용자별</translation>
        </message>
        <message>
            <source>Desk</source>
            <translation>관제석</translation>
        </message>
        <message>
            <source>In 30 s</source>
            <translation>30초 내</translation>
        </message>
        <message>
            <source>In 60 s</source>
            <translation>60초 내</translation>
        </message>
        <message>
            <source>Median</source>
            <translation>중앙값</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>User</source>
            <translation>사용자</translation>
        </message>
        <message>
            <source>all desks</source>
            <translation>모든 관제석</translation>
        </message>
        <message>
            <source>exchange or check the device</source>
            <translation>장치 교체 또는 점검</translation>
        </message>
        <message>
            <source>last 24 hours</source>
            <translation>최근 24시간</translation>
        </message>
        <message>
            <source>last 8 hours</source>
            <translation>최근 8시간</translation>
        </message>
        <message>
            <source>review the case with its officer</source>
            <translation>담당자와 사건 검토</translation>
        </message>
        <message>
            <source>this shift</source>
            <translation>이번 근무</translation>
        </message>
        <message>
            <source>{start} – {end} · counted by the bridge at {clock}</source>
            <translation>{start} – {end} · {clock} 관제 서버 집계</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>Alarms by 10 minutes</source>
            <translation>10분별 경보</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>지표</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>지표</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>시작(KST)</translation>
        </message>
        <message>
            <source>Proposed cure</source>
            <translation>개선안</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>발생원</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>값</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>alarms</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>busiest 10 min</source>
            <translation>가장 바쁜 10분</translation>
        </message>
        <message>
            <source>each needs a plan</source>
            <translation>건마다 계획 필요</translation>
        </message>
        <message>
            <source>median wait</source>
            <translation>확인까지 중앙값</translation>
        </message>
        <message>
            <source>of the time in flood</source>
            <translation>폭주 시간 비율</translation>
        </message>
        <message>
            <source>older than 24 h</source>
            <translation>24시간 초과</translation>
        </message>
        <message>
            <source>per 10 min</source>
            <translation>10분당</translation>
        </message>
        <message>
            <source>target: 1</source>
            <translation>목표: 1</translation>
        </message>
        <message>
            <source>target: 1%</source>
            <translation>목표: 1%</translation>
        </message>
        <message>
            <source>target: 80%</source>
            <translation>목표: 80%</translation>
        </message>
        <message>
            <source>target: 98.5%</source>
            <translation>목표: 98.5%</translation>
        </message>
        <message>
            <source>messages to a protected person</source>
            <translation>보호대상자 1명당 알림</translation>
        </message>
        <message>
            <source>most to one: {n}</source>
            <translation>최다 {n}건</translation>
        </message>
        <message>
            <source>Alarms by 10 minutes; more than 10 are a flood</source>
            <translation>10분별 경보 수 (10건을 넘으면 폭주)</translation>
        </message>
        <message>
            <source>flood: more than 10</source>
            <translation>폭주 기준: 10건 초과</translation>
        </message>
        <message>
            <source>have the bridge and its links checked</source>
            <translation>시스템과 연결 점검 요청</translation>
        </message>
        <message>
            <source>How soon alarms were on a screen</source>
            <translation>경보가 화면에 표시되기까지</translation>
        </message>
        <message>
            <source>Counted from</source>
            <translation>기준 시점</translation>
        </message>
        <message>
            <source>Alarms shown</source>
            <translation>표시된 경보</translation>
        </message>
        <message>
            <source>receipt at the bridge</source>
            <translation>관제 서버 수신</translation>
        </message>
        <message>
            <source>the moment it happened</source>
            <translation>발생 시각</translation>
        </message>
        <message>
            <source>Save PDF…</source>
            <translation>PDF 저장…</translation>
        </message>
        <message>
            <source>Save CSV…</source>
            <translation>CSV 저장…</translation>
        </message>
        <message>
            <source>of these within 30 s</source>
            <translation>이 중 30초 내 확인</translation>
        </message>
        <message>
            <source>of these within 60 s</source>
            <translation>이 중 60초 내 확인</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>목표</translation>
        </message>
        <message>
            <source>Within target</source>
            <translation>목표 이내</translation>
        </message>
    </context>
    <context>
        <name>LastList</name>
        <message>
            <source>Print the list? This desk keeps no file of it, but a printing system may keep its jobs.</source>
            <translation>목록을 인쇄하시겠습니까? 이 관제석에는 파일이 남지 않지만, 인쇄 시스템에 인쇄 작업이 남을 수 있습니다.</translation>
        </message>
        <message>
            <source>A saved list is not encrypted, and this desk deletes it after 24 hours.</source>
            <translation>저장한 목록은 암호화되지 않으며, 24시간 뒤 이 관제석이 삭제합니다.</translation>
        </message>
        <message>
            <source>Print…</source>
            <translation>인쇄…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Save for 24 hours…</source>
            <translation>24시간 동안 저장…</translation>
        </message>
        <message>
            <source>The list was not printed: the printer does not answer.</source>
            <translation>목록을 인쇄하지 못했습니다. 프린터가 응답하지 않습니다.</translation>
        </message>
        <message>
            <source>Sent to the printer; the SHA-256 at the foot of each page is in the log.</source>
            <translation>프린터로 보냈습니다. 각 쪽 아래의 SHA-256을 기록에 남겼습니다.</translation>
        </message>
        <message>
            <source>Saved, not encrypted, and its SHA-256 is in the log. This desk deletes the file at {when}.</source>
            <translation>암호화하지 않고 저장했으며 SHA-256을 기록에 남겼습니다. 이 관제석이 {when}에 파일을 삭제합니다.</translation>
        </message>
        <message>
            <source>Done, but the bridge did not enter it in the log. SHA-256: {digest}</source>
            <translation>처리했으나 관제 서버가 기록에 남기지 않았습니다. SHA-256: {digest}</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Bongsu</source>
            <translation>봉수</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>Silent cases</source>
            <translation>무신호 사건</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Gateways</source>
            <translation>게이트웨이</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>그래프</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>대응</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>REPLAY</source>
            <translation>기록 재생</translation>
        </message>
        <message>
            <source>Time bar</source>
            <translation>시간 막대</translation>
        </message>
        <message>
            <source>App</source>
            <translation>앱</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>own scenario, not signed</source>
            <translation>자체 제작 시나리오 · 서명 없음</translation>
        </message>
    </context>
    <context>
        <name>MapTexts</name>
        <message>
            <source>Layers</source>
            <translation>레이어</translation>
        </message>
        <message>
            <source>Choose what the map shows</source>
            <translation>지도에 표시할 항목 선택</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>맞춤</translation>
        </message>
        <message>
            <source>Show the whole case, or everybody (F)</source>
            <translation>사건 전체 또는 모두 보기 (F)</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>따라가기</translation>
        </message>
        <message>
            <source>Keep the selected person in the middle</source>
            <translation>선택한 사람을 가운데에 유지</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>거리재기</translation>
        </message>
        <message>
            <source>Measure a distance: click points, double-click the last</source>
            <translation>거리 재기: 지점을 누르고 마지막 지점은 두 번 누름</translation>
        </message>
        <message>
            <source>Closer</source>
            <translation>확대</translation>
        </message>
        <message>
            <source>Farther</source>
            <translation>축소</translation>
        </message>
        <message>
            <source>REPLAY</source>
            <translation>기록 재생</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>Trails</source>
            <translation>이동 경로</translation>
        </message>
        <message>
            <source>Zones of all cases</source>
            <translation>모든 사건의 구역</translation>
        </message>
        <message>
            <source>Rings</source>
            <translation>보호 반경</translation>
        </message>
        <message>
            <source>Accuracy circles</source>
            <translation>오차 범위</translation>
        </message>
        <message>
            <source>Place names</source>
            <translation>지명</translation>
        </message>
        <message>
            <source>Police units</source>
            <translation>출동 차량</translation>
        </message>
        <message>
            <source>Known addresses</source>
            <translation>등록 주소</translation>
        </message>
        <message>
            <source>Rejected positions</source>
            <translation>배제된 위치</translation>
        </message>
        <message>
            <source>Group far out</source>
            <translation>축소 시 묶기</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>집</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>직장</translation>
        </message>
        <message>
            <source>School</source>
            <translation>학교</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>주소</translation>
        </message>
        <message>
            <source>No-entry zone</source>
            <translation>금지구역</translation>
        </message>
        <message>
            <source>Stay-in zone</source>
            <translation>체류구역</translation>
        </message>
        <message>
            <source>not in force now</source>
            <translation>현재 적용 시간 아님</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>Wearer</source>
            <translation>피부착자</translation>
        </message>
        <message>
            <source>Protected person</source>
            <translation>보호대상자</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>경과</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>측정</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>속도</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>오차</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Position is old</source>
            <translation>오래된 위치</translation>
        </message>
        <message>
            <source>No signal</source>
            <translation>무신호</translation>
        </message>
        <message>
            <source>Could be within</source>
            <translation>가능 범위</translation>
        </message>
        <message>
            <source>People</source>
            <translation>관계인</translation>
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
            <translation>{n}초</translation>
        </message>
        <message>
            <source>{m} min</source>
            <translation>{m}분</translation>
        </message>
        <message>
            <source>{m} min {s} s</source>
            <translation>{m}분 {s}초</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h}시간 {m}분</translation>
        </message>
        <message>
            <source>{n} d</source>
            <translation>{n}일</translation>
        </message>
        <message>
            <source>{span} ago</source>
            <translation>{span} 전</translation>
        </message>
        <message>
            <source>contact in {span}</source>
            <translation>{span} 뒤 적색 경보 거리</translation>
        </message>
        <message>
            <source>Curfew</source>
            <translation>외출 제한</translation>
        </message>
        <message>
            <source>Natural Earth; 통계청 SGIS 2018 (공공누리 제1유형)</source>
            <translation>Natural Earth; 통계청 SGIS 2018 (공공누리 제1유형)</translation>
        </message>
        <message>
            <source>© OpenStreetMap contributors (ODbL)</source>
            <translation>© OpenStreetMap 기여자 (ODbL)</translation>
        </message>
        <message>
            <source>EXERCISE · REPLAY</source>
            <translation>훈련 · 기록 재생</translation>
        </message>
        <message>
            <source>Case, person, device, place</source>
            <translation>사건, 사람, 장치, 장소</translation>
        </message>
        <message>
            <source>Search case, person, device, place (/)</source>
            <translation>사건, 사람, 장치, 장소 검색 (/)</translation>
        </message>
    </context>
    <context>
        <name>MapWatch</name>
        <message>
            <source>The map does not keep up. Alarms, charts and sound go on.</source>
            <translation>지도 표시가 늦어지고 있습니다. 경보, 그래프, 소리는 계속됩니다.</translation>
        </message>
    </context>
    <context>
        <name>NarrowDialog</name>
        <message>
            <source>Narrow this request</source>
            <translation>신청 범위 축소</translation>
        </message>
        <message>
            <source> min</source>
            <translation>분</translation>
        </message>
        <message>
            <source>Access runs for</source>
            <translation>열람 시간</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>Approve narrowed</source>
            <translation>축소하여 승인</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Would be seen</source>
            <translation>열람 항목</translation>
        </message>
    </context>
    <context>
        <name>NotLiveOverlay</name>
        <message>
            <source>Picture of {time}.</source>
            <translation>{time} 화면입니다.</translation>
        </message>
        <message>
            <source>NOT LIVE for {span}</source>
            <translation>실시간 아님 · {span}</translation>
        </message>
    </context>
    <context>
        <name>Operations</name>
        <message>
            <source>Map for the wall</source>
            <translation>상황판 지도</translation>
        </message>
        <message>
            <source>Close {kind} · {case}</source>
            <translation>{kind} 종결 · {case}</translation>
        </message>
        <message>
            <source>What was found?</source>
            <translation>확인된 사실</translation>
        </message>
        <message>
            <source>Whose life depends on it, and why now? The supervisor is told at once.</source>
            <translation>누구의 생명이 걸려 있으며 왜 지금이어야 합니까? 감독자에게 즉시 통보됩니다.</translation>
        </message>
        <message>
            <source>Break glass</source>
            <translation>긴급 열람</translation>
        </message>
        <message>
            <source>The report was not saved: {why}</source>
            <translation>보고서를 저장하지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>About Bongsu</source>
            <translation>봉수 정보</translation>
        </message>
        <message>
            <source>Bongsu (봉수), the desk of a control room.
Base map © OpenStreetMap contributors (ODbL). Font Noto Sans CJK (OFL).</source>
            <translation>봉수 — 위치추적 관제석 프로그램.
배경지도 © OpenStreetMap 기여자 (ODbL). 글꼴 Noto Sans CJK (OFL).</translation>
        </message>
        <message>
            <source>The report is saved, but the bridge did not sign it.</source>
            <translation>보고서를 저장했지만 관제 서버가 서명하지 않았습니다.</translation>
        </message>
        <message>
            <source>The report is saved, its hash is in the log, and the bridge's signature is beside it ({name}).</source>
            <translation>보고서를 저장하고 해시를 기록에 남겼으며, 관제 서버의 서명은 {name} 파일에 있습니다.</translation>
        </message>
        <message>
            <source>Close the recording first: this list says where people are last known now, and a recording shows the past.</source>
            <translation>먼저 기록 파일을 닫으십시오. 이 목록에는 지금 기준의 마지막 확인 위치만 담을 수 있으며, 기록 파일의 위치는 과거의 것입니다.</translation>
        </message>
    </context>
    <context>
        <name>OrderSection</name>
        <message>
            <source>Order</source>
            <translation>결정 내용</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} ~ {end}</translation>
        </message>
        <message>
            <source>{period} · not in force</source>
            <translation>{period} · 효력 없음</translation>
        </message>
        <message>
            <source>Missing: {what}</source>
            <translation>누락: {what}</translation>
        </message>
        <message>
            <source>{distance} around {person}: {effect}</source>
            <translation>{person} 주변 {distance}: {effect}</translation>
        </message>
        <message>
            <source>radius {distance}</source>
            <translation>반경 {distance}</translation>
        </message>
        <message>
            <source>not now</source>
            <translation>현재 해당 없음</translation>
        </message>
        <message>
            <source>extended {n} ×</source>
            <translation>연장 {n}회</translation>
        </message>
        <message>
            <source>from {start}</source>
            <translation>{start}부터</translation>
        </message>
        <message>
            <source>until {end}</source>
            <translation>{end}까지</translation>
        </message>
    </context>
    <context>
        <name>PageLife</name>
        <message>
            <source>The map does not start. The alarm list and the sound go on without it.</source>
            <translation>지도를 시작할 수 없습니다. 경보 목록과 소리는 계속 동작합니다.</translation>
        </message>
        <message>
            <source>Start the map again</source>
            <translation>지도 다시 시작</translation>
        </message>
    </context>
    <context>
        <name>PasswordDialog</name>
        <message>
            <source>Choose another password</source>
            <translation>비밀번호 변경</translation>
        </message>
        <message>
            <source>Password until now</source>
            <translation>현재 비밀번호</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>새 비밀번호</translation>
        </message>
        <message>
            <source>New password again</source>
            <translation>새 비밀번호 확인</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
    </context>
    <context>
        <name>PeopleSection</name>
        <message>
            <source>People</source>
            <translation>관계인</translation>
        </message>
        <message>
            <source>nothing on file</source>
            <translation>등록 정보 없음</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>주소</translation>
        </message>
        <message>
            <source>Show it; that you looked is written into the log</source>
            <translation>표시합니다. 열람 사실이 기록에 남습니다.</translation>
        </message>
        <message>
            <source>Consent…</source>
            <translation>동의…</translation>
        </message>
        <message>
            <source>1 phone</source>
            <translation>전화번호 1개</translation>
        </message>
        <message>
            <source>{n} phones</source>
            <translation>전화번호 {n}개</translation>
        </message>
        <message>
            <source>show</source>
            <translation>표시</translation>
        </message>
    </context>
    <context>
        <name>ReasonDialog</name>
        <message>
            <source>Confirm</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>for {n} minutes</source>
            <translation>{n}분 동안</translation>
        </message>
        <message>
            <source>Put this alarm aside</source>
            <translation>경보 보류</translation>
        </message>
        <message>
            <source>Why may it wait? It comes back by itself.</source>
            <translation>보류 사유를 적어 주십시오. 시간이 지나면 자동으로 돌아옵니다.</translation>
        </message>
    </context>
    <context>
        <name>RecordingDialog</name>
        <message>
            <source>Replay a recording</source>
            <translation>기록 재생</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Requires an active grant for recordings. Live monitoring continues without this desk.</source>
            <translation>기록 파일 열람 승인이 진행 중이어야 합니다. 실시간 관제는 이 관제석 없이 계속됩니다.</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>시작(KST)</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>끝(KST)</translation>
        </message>
        <message>
            <source>leave empty for your own view</source>
            <translation>비워 두면 본인 권한으로 표시</translation>
        </message>
        <message>
            <source>As this user saw it then (account)</source>
            <translation>당시 이 사용자의 화면으로(계정)</translation>
        </message>
    </context>
    <context>
        <name>ReplayBar</name>
        <message>
            <source>Play</source>
            <translation>재생</translation>
        </message>
        <message>
            <source>Back to the live room</source>
            <translation>실시간 관제로 돌아가기</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>속도</translation>
        </message>
        <message>
            <source>REPLAY</source>
            <translation>기록 재생</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>반복</translation>
        </message>
        <message>
            <source>End loop</source>
            <translation>반복 끝</translation>
        </message>
        <message>
            <source>Bookmark</source>
            <translation>책갈피</translation>
        </message>
        <message>
            <source>What if…</source>
            <translation>가정 비교…</translation>
        </message>
        <message>
            <source>Play a part again and again: drag over the time bar with Shift, or press here for the whole</source>
            <translation>일부를 되풀이해 재생합니다. Shift를 누른 채 시간 막대를 끌거나, 전체를 되풀이하려면 여기를 누르십시오</translation>
        </message>
        <message>
            <source>To the alarm before</source>
            <translation>이전 경보로</translation>
        </message>
        <message>
            <source>To the position before</source>
            <translation>이전 위치로</translation>
        </message>
        <message>
            <source>To the next position</source>
            <translation>다음 위치로</translation>
        </message>
        <message>
            <source>To the next alarm</source>
            <translation>다음 경보로</translation>
        </message>
        <message>
            <source>as {user} saw it</source>
            <translation>{user} 화면 그대로</translation>
        </message>
        <message>
            <source>{user} sat at no desk then</source>
            <translation>당시 {user} 근무석 없음</translation>
        </message>
        <message>
            <source>Bookmark at {time}</source>
            <translation>{time} 책갈피</translation>
        </message>
        <message>
            <source>What is to be seen here? Codes, no names.</source>
            <translation>이 시점에서 볼 내용(이름 대신 코드로 적으십시오)</translation>
        </message>
        <message>
            <source>A second back</source>
            <translation>1초 뒤로</translation>
        </message>
        <message>
            <source>A second ahead</source>
            <translation>1초 앞으로</translation>
        </message>
        <message>
            <source>▲ red   ◆ amber   ● technical   ❘ act   ⚑ bookmark   ◇ what if</source>
            <translation>▲ 적색   ◆ 주의   ● 기술   ❘ 조치   ⚑ 책갈피   ◇ 가정 비교</translation>
        </message>
    </context>
    <context>
        <name>RequestDialog</name>
        <message>
            <source>Request access</source>
            <translation>열람 신청</translation>
        </message>
        <message>
            <source> min</source>
            <translation>분</translation>
        </message>
        <message>
            <source>Send request</source>
            <translation>신청 보내기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>About whom</source>
            <translation>대상자</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>목적</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>시작(KST)</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>끝(KST)</translation>
        </message>
        <message>
            <source>Access runs for</source>
            <translation>열람 시간</translation>
        </message>
        <message>
            <source>Legal paper</source>
            <translation>근거 문서</translation>
        </message>
        <message>
            <source>On behalf of</source>
            <translation>요청 기관</translation>
        </message>
        <message>
            <source>Request access · {case}</source>
            <translation>열람 신청 · {case}</translation>
        </message>
        <message>
            <source>What should be seen</source>
            <translation>열람할 항목</translation>
        </message>
        <message>
            <source>Another person decides. The request lapses undecided after 24 hours.</source>
            <translation>다른 사람이 결정합니다. 24시간 안에 결정되지 않으면 소멸합니다.</translation>
        </message>
        <message>
            <source>please choose</source>
            <translation>선택하십시오</translation>
        </message>
    </context>
    <context>
        <name>SearchDialog</name>
        <message>
            <source>Search</source>
            <translation>검색</translation>
        </message>
        <message>
            <source>Case, person, device, place</source>
            <translation>사건, 사람, 장치, 장소</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>검색 결과</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>사람</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>장소</translation>
        </message>
        <message>
            <source>Nothing found that you may see.</source>
            <translation>열람 가능한 결과가 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>SignIn</name>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>비밀번호</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>로그인</translation>
        </message>
        <message>
            <source>Bongsu</source>
            <translation>봉수</translation>
        </message>
        <message>
            <source>Who is at this desk?</source>
            <translation>근무자를 확인합니다.</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>잠금 해제</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>잠김</translation>
        </message>
        <message>
            <source>{user} is logged in. Alarms still sound and escalate.</source>
            <translation>{user} 로그인 중. 경보음과 상향 보고는 계속됩니다.</translation>
        </message>
        <message>
            <source>Somebody else logs in</source>
            <translation>다른 사람으로 로그인</translation>
        </message>
        <message>
            <source>{n} red to acknowledge, {sos} of them SOS; the oldest for {span}</source>
            <translation>미확인 적색 경보 {n}건(SOS {sos}건), 가장 오래된 경보 {span} 경과</translation>
        </message>
        <message>
            <source>{n} red to acknowledge; the oldest for {span}</source>
            <translation>미확인 적색 경보 {n}건, 가장 오래된 경보 {span} 경과</translation>
        </message>
    </context>
    <context>
        <name>SilentPanel</name>
        <message>
            <source>Silent cases</source>
            <translation>무신호 사건</translation>
        </message>
        <message>
            <source>No silent cases.</source>
            <translation>무신호 사건이 없습니다.</translation>
        </message>
        <message>
            <source>No silent case: every wearer under an order is reporting.</source>
            <translation>무신호 사건이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>StepLine</name>
        <message>
            <source>Record</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Automatic notice failed · telephone</source>
            <translation>자동 통보 실패 · 전화하십시오</translation>
        </message>
    </context>
    <context>
        <name>StepsSection</name>
        <message>
            <source>Next steps</source>
            <translation>다음 조치</translation>
        </message>
        <message>
            <source>No step is asked for.</source>
            <translation>필요한 조치가 없습니다.</translation>
        </message>
        <message>
            <source>With a note…</source>
            <translation>메모와 함께…</translation>
        </message>
        <message>
            <source>What should the timeline say?</source>
            <translation>대응 기록에 남길 내용</translation>
        </message>
        <message>
            <source>At this moment nobody had acknowledged it yet.</source>
            <translation>이 시점에는 아직 아무도 확인하지 않았습니다.</translation>
        </message>
        <message>
            <source>Told: {who}</source>
            <translation>통보: {who}</translation>
        </message>
        <message>
            <source>Nobody has been told yet.</source>
            <translation>아직 통보된 곳이 없습니다.</translation>
        </message>
        <message>
            <source>The police have not been told: the notice leaves when you acknowledge.</source>
            <translation>경찰 통보 전입니다. 확인하면 통보가 발송됩니다.</translation>
        </message>
        <message>
            <source>Acknowledge with Space: it is yours then, and these steps begin:</source>
            <translation>Space로 확인하면 담당자가 되고 다음 조치의 시한이 시작됩니다.</translation>
        </message>
        <message>
            <source>Acknowledge with Space: it is yours then.</source>
            <translation>Space로 확인하면 담당자가 됩니다.</translation>
        </message>
        <message>
            <source>Nothing can be acknowledged or recorded here until the bridge is heard again.</source>
            <translation>관제 서버와 다시 연결될 때까지 여기서 확인하거나 기록할 수 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>TimeStrip</name>
        <message>
            <source>Time bar</source>
            <translation>시간 막대</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Lock</source>
            <translation>잠금</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>메뉴</translation>
        </message>
        <message>
            <source>Bongsu</source>
            <translation>봉수</translation>
        </message>
        <message>
            <source>Mon</source>
            <translation>월</translation>
        </message>
        <message>
            <source>Tue</source>
            <translation>화</translation>
        </message>
        <message>
            <source>Wed</source>
            <translation>수</translation>
        </message>
        <message>
            <source>Thu</source>
            <translation>목</translation>
        </message>
        <message>
            <source>Fri</source>
            <translation>금</translation>
        </message>
        <message>
            <source>Sat</source>
            <translation>토</translation>
        </message>
        <message>
            <source>Sun</source>
            <translation>일</translation>
        </message>
        <message>
            <source>{weekday} {date}</source>
            <translation>{date} ({weekday})</translation>
        </message>
        <message>
            <source>Gateways</source>
            <translation>게이트웨이</translation>
        </message>
        <message>
            <source>Fixes</source>
            <translation>수신</translation>
        </message>
        <message>
            <source>Silent</source>
            <translation>무신호</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>진행 사건</translation>
        </message>
        <message>
            <source>behind by {span}</source>
            <translation>{span} 지연</translation>
        </message>
        <message>
            <source>{n} to acknowledge</source>
            <translation>미확인 {n}</translation>
        </message>
        <message>
            <source>{n} to look at</source>
            <translation>주의 {n}</translation>
        </message>
        <message>
            <source>Seat {seat}</source>
            <translation>관제석 {seat}</translation>
        </message>
        <message>
            <source>{n} technical</source>
            <translation>기술 경보 {n}</translation>
        </message>
        <message>
            <source>No sound</source>
            <translation>경보음 출력 불가</translation>
        </message>
        <message>
            <source>No sound device: alarms cannot be heard at this desk.</source>
            <translation>음향 장치 없음: 이 관제석에서 경보음을 들을 수 없습니다.</translation>
        </message>
        <message>
            <source>no red to acknowledge</source>
            <translation>미확인 적색 없음</translation>
        </message>
        <message>
            <source>no amber to acknowledge</source>
            <translation>미확인 주의 없음</translation>
        </message>
    </context>
    <context>
        <name>TrendChart</name>
        <message>
            <source>Charts of speed, distance and certainty</source>
            <translation>속도, 거리, 확률 그래프</translation>
        </message>
        <message>
            <source>Speed  m/s</source>
            <translation>속도  m/s</translation>
        </message>
        <message>
            <source>Closing  m/s</source>
            <translation>접근 속도  m/s</translation>
        </message>
        <message>
            <source>— wearer</source>
            <translation>— 피부착자</translation>
        </message>
        <message>
            <source>— protected person</source>
            <translation>— 보호대상자</translation>
        </message>
        <message>
            <source>15 min</source>
            <translation>15분</translation>
        </message>
        <message>
            <source>1 h</source>
            <translation>1시간</translation>
        </message>
        <message>
            <source>6 h</source>
            <translation>6시간</translation>
        </message>
        <message>
            <source>closing {speed}</source>
            <translation>접근 {speed}</translation>
        </message>
        <message>
            <source>in a zone {share}</source>
            <translation>구역 안 {share}</translation>
        </message>
        <message>
            <source>in a ring {share}</source>
            <translation>경보 거리 안 {share}</translation>
        </message>
        <message>
            <source>left {share}</source>
            <translation>이탈 {share}</translation>
        </message>
        <message>
            <source>left a zone {share}</source>
            <translation>체류구역 이탈 {share}</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>거리</translation>
        </message>
        <message>
            <source>Likelihood of being inside  %   — a zone   ┄ a ring</source>
            <translation>현재 안에 있을 가능성  %   — 구역   ┄ 접근금지 거리</translation>
        </message>
        <message>
            <source>amber {share}</source>
            <translation>주의 {share}</translation>
        </message>
        <message>
            <source>red {share}</source>
            <translation>적색 {share}</translation>
        </message>
        <message>
            <source>Inside  %   — zone   ┄ ring</source>
            <translation>내부 가능성  %   — 구역   ┄ 거리</translation>
        </message>
    </context>
    <context>
        <name>UnitOrders</name>
        <message>
            <source>Units that were sent</source>
            <translation>출동한 차량</translation>
        </message>
    </context>
    <context>
        <name>WhySection</name>
        <message>
            <source>Why</source>
            <translation>근거</translation>
        </message>
        <message>
            <source>By law: {label}</source>
            <translation>법적 구분: {label}</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>Desk</source>
            <translation>관제석</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>대응</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>View</source>
            <translation>보기</translation>
        </message>
        <message>
            <source>Replay and exercise</source>
            <translation>재생·훈련</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>도움말</translation>
        </message>
        <message>
            <source>Acknowledge the alarm</source>
            <translation>경보 확인</translation>
        </message>
        <message>
            <source>Open the alarm or incident</source>
            <translation>경보·대응 열기</translation>
        </message>
        <message>
            <source>Go to the next unacknowledged alarm</source>
            <translation>다음 미확인 경보로 이동</translation>
        </message>
        <message>
            <source>Put the alarm aside, or bring it back</source>
            <translation>경보 보류 또는 보류 해제</translation>
        </message>
        <message>
            <source>Take the alarm over</source>
            <translation>경보 인수</translation>
        </message>
        <message>
            <source>Close the alarm with an outcome</source>
            <translation>결과를 적고 경보 종결</translation>
        </message>
        <message>
            <source>Sort alarms by priority, time to red limit, age</source>
            <translation>경보를 우선순위·적색까지·경과 순으로 정렬</translation>
        </message>
        <message>
            <source>Go to the alarm list</source>
            <translation>경보 목록으로 이동</translation>
        </message>
        <message>
            <source>Run the test alarm of the shift</source>
            <translation>근무 시험 경보 실행</translation>
        </message>
        <message>
            <source>Record the next open step</source>
            <translation>다음 조치 결과 기록</translation>
        </message>
        <message>
            <source>Send the chosen or fastest unit</source>
            <translation>선택한 또는 가장 빠른 차량 출동</translation>
        </message>
        <message>
            <source>Recall the chosen unit</source>
            <translation>선택한 차량 출동 취소</translation>
        </message>
        <message>
            <source>Write a note into the timeline</source>
            <translation>대응 기록에 메모 남기기</translation>
        </message>
        <message>
            <source>Close the incident with an outcome</source>
            <translation>결과를 적고 대응 종결</translation>
        </message>
        <message>
            <source>Save the incident report as PDF</source>
            <translation>사건 대응 보고서를 PDF로 저장</translation>
        </message>
        <message>
            <source>Hand over at the end of the shift</source>
            <translation>근무 교대 인계</translation>
        </message>
        <message>
            <source>Ask the wearer's device for a position now</source>
            <translation>피부착자 장치에 현재 위치 요청</translation>
        </message>
        <message>
            <source>Request access to more data</source>
            <translation>추가 정보 열람 신청</translation>
        </message>
        <message>
            <source>Break glass: see now, be reviewed later</source>
            <translation>긴급 열람: 지금 보고 사후 심사</translation>
        </message>
        <message>
            <source>Hide shown names and numbers</source>
            <translation>표시한 이름·번호 가리기</translation>
        </message>
        <message>
            <source>Monitor</source>
            <translation>관제</translation>
        </message>
        <message>
            <source>Approvals</source>
            <translation>승인</translation>
        </message>
        <message>
            <source>Statistics of the shift</source>
            <translation>근무 통계</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>그래프</translation>
        </message>
        <message>
            <source>Silent cases</source>
            <translation>무신호 사건</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Gateways</source>
            <translation>게이트웨이</translation>
        </message>
        <message>
            <source>Search case, person, device, place</source>
            <translation>사건·사람·장치·장소 검색</translation>
        </message>
        <message>
            <source>Show the whole case on the map</source>
            <translation>지도에 사건 전체 보기</translation>
        </message>
        <message>
            <source>Charts: last 15 minutes</source>
            <translation>그래프: 최근 15분</translation>
        </message>
        <message>
            <source>Charts: last hour</source>
            <translation>그래프: 최근 1시간</translation>
        </message>
        <message>
            <source>Charts: last 6 hours</source>
            <translation>그래프: 최근 6시간</translation>
        </message>
        <message>
            <source>Move this part into a window of its own, or back</source>
            <translation>이 영역을 별도 창으로 분리 또는 복귀</translation>
        </message>
        <message>
            <source>Open a second map for the wall</source>
            <translation>상황판용 지도 창 열기</translation>
        </message>
        <message>
            <source>Replay a recording</source>
            <translation>기록 재생</translation>
        </message>
        <message>
            <source>Play or pause the recording</source>
            <translation>재생 또는 멈춤</translation>
        </message>
        <message>
            <source>Back to the live room</source>
            <translation>실시간 관제로 돌아가기</translation>
        </message>
        <message>
            <source>Put all parts back in place</source>
            <translation>화면 배치 초기화</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>전체 화면</translation>
        </message>
        <message>
            <source>Night or day</source>
            <translation>야간·주간 화면 전환</translation>
        </message>
        <message>
            <source>한국어 / English</source>
            <translation>한국어 / English</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>메뉴</translation>
        </message>
        <message>
            <source>Find an action</source>
            <translation>기능 찾기</translation>
        </message>
        <message>
            <source>Silence the sound; it is not an acknowledgement</source>
            <translation>소리 끄기 (확인으로 처리되지 않음)</translation>
        </message>
        <message>
            <source>Lock the desk</source>
            <translation>관제석 잠금</translation>
        </message>
        <message>
            <source>Demonstration: become the other user</source>
            <translation>시연: 다른 사용자로 전환</translation>
        </message>
        <message>
            <source>Choose another password</source>
            <translation>비밀번호 변경</translation>
        </message>
        <message>
            <source>Log out</source>
            <translation>로그아웃</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>창 닫기</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>About Bongsu</source>
            <translation>봉수 정보</translation>
        </message>
        <message>
            <source>Ledger and access review</source>
            <translation>이용대장·열람 점검</translation>
        </message>
        <message>
            <source>Recording: next position</source>
            <translation>기록 파일: 다음 위치로</translation>
        </message>
        <message>
            <source>Recording: previous position</source>
            <translation>기록 파일: 이전 위치로</translation>
        </message>
        <message>
            <source>Recording: next alarm</source>
            <translation>기록 파일: 다음 경보로</translation>
        </message>
        <message>
            <source>Recording: previous alarm</source>
            <translation>기록 파일: 이전 경보로</translation>
        </message>
        <message>
            <source>Recording: loop on or off</source>
            <translation>기록 파일: 반복 재생 시작·끝</translation>
        </message>
        <message>
            <source>Recording: bookmark this moment</source>
            <translation>기록 파일: 이 시점에 책갈피</translation>
        </message>
        <message>
            <source>What the protected person's app shows</source>
            <translation>보호대상자 앱 화면</translation>
        </message>
        <message>
            <source>State of the log and retention</source>
            <translation>기록 상태·보존과 파기</translation>
        </message>
        <message>
            <source>Recording: what if the rules were different</source>
            <translation>기록 파일: 다른 기준으로 비교</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>Debrief of the exercise</source>
            <translation>훈련 강평</translation>
        </message>
        <message>
            <source>Confirm that an export is destroyed</source>
            <translation>반출 파일 파기 확인</translation>
        </message>
        <message>
            <source>Hand out positions under running access</source>
            <translation>승인된 위치정보 반출</translation>
        </message>
        <message>
            <source>Choose where to send units</source>
            <translation>출동 장소 선택</translation>
        </message>
        <message>
            <source>Compare incidents in one chart</source>
            <translation>대응을 한 그래프에서 비교</translation>
        </message>
        <message>
            <source>Save the incident as one picture</source>
            <translation>대응을 한 장으로 저장</translation>
        </message>
        <message>
            <source>Take back what is not sent yet</source>
            <translation>전송 전 작업 취소</translation>
        </message>
        <message>
            <source>Short tour of the desk</source>
            <translation>화면 둘러보기</translation>
        </message>
        <message>
            <source>Exercise: write scenarios</source>
            <translation>훈련: 시나리오 작성</translation>
        </message>
        <message>
            <source>Enter what no device shows</source>
            <translation>장치로 알 수 없는 사실 입력</translation>
        </message>
        <message>
            <source>Print or save everybody's last known position</source>
            <translation>모든 사람의 마지막 확인 위치 인쇄 또는 저장</translation>
        </message>
        <message>
            <source>Fold the alarms of one cause</source>
            <translation>같은 원인의 경보 묶기</translation>
        </message>
        <message>
            <source>Unfold a row of several alarms</source>
            <translation>묶인 경보 펼치기</translation>
        </message>
    </context>
    <context>
        <name>because</name>
        <message>
            <source>cause</source>
            <translation>원인</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>방문 횟수</translation>
        </message>
        <message>
            <source>way</source>
            <translation>이동 거리</translation>
        </message>
        <message>
            <source>together</source>
            <translation>함께 있음</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>기준값</translation>
        </message>
        <message>
            <source>stayed today</source>
            <translation>오늘 머문 시간</translation>
        </message>
        <message>
            <source>stayed for</source>
            <translation>머문 시간</translation>
        </message>
        <message>
            <source>not heard for</source>
            <translation>신호 끊긴 시간</translation>
        </message>
        <message>
            <source>apart for</source>
            <translation>분리된 시간</translation>
        </message>
        <message>
            <source>way of moving</source>
            <translation>이동 방식</translation>
        </message>
        <message>
            <source>certainty of the way of moving</source>
            <translation>이동 방식 확률</translation>
        </message>
        <message>
            <source>lost for</source>
            <translation>끊긴 시간</translation>
        </message>
        <message>
            <source>last known position</source>
            <translation>마지막 확인 위치</translation>
        </message>
        <message>
            <source>lag</source>
            <translation>지연</translation>
        </message>
        <message>
            <source>speed of the jump</source>
            <translation>순간 이동 속도</translation>
        </message>
        <message>
            <source>jammed</source>
            <translation>전파 방해</translation>
        </message>
        <message>
            <source>usual interval</source>
            <translation>정상 주기</translation>
        </message>
        <message>
            <source>share of shifted positions</source>
            <translation>치우친 위치 비율</translation>
        </message>
        <message>
            <source>contact within</source>
            <translation>접촉 범위</translation>
        </message>
        <message>
            <source>wearer's share of the closing</source>
            <translation>접근 중 피부착자 몫</translation>
        </message>
        <message>
            <source>charging</source>
            <translation>충전</translation>
        </message>
        <message>
            <source>within</source>
            <translation>범위</translation>
        </message>
        <message>
            <source>rule</source>
            <translation>규칙</translation>
        </message>
        <message>
            <source>distance of the wearer</source>
            <translation>피부착자 거리</translation>
        </message>
        <message>
            <source>error of the wearer's distance</source>
            <translation>피부착자 거리 오차</translation>
        </message>
        <message>
            <source>probability</source>
            <translation>확률</translation>
        </message>
        <message>
            <source>positions used</source>
            <translation>사용한 위치 수</translation>
        </message>
        <message>
            <source>distance</source>
            <translation>거리</translation>
        </message>
        <message>
            <source>error of the distance</source>
            <translation>거리 오차</translation>
        </message>
        <message>
            <source>distance then</source>
            <translation>당시 거리</translation>
        </message>
        <message>
            <source>error of the distance then</source>
            <translation>당시 거리 오차</translation>
        </message>
        <message>
            <source>No position alone shows it: between the positions of {way_from_us} and {way_until_us} the way most likely led through the zone at about {way_us} (calculated, {way_probability}).</source>
            <translation>한 위치만으로는 확인되지 않음: {way_from_us} 위치와 {way_until_us} 위치 사이에 {way_us}경 구역을 지나간 것으로 계산됨(확률 {way_probability}).</translation>
        </message>
        <message>
            <source>distance to the edge</source>
            <translation>경계까지 거리</translation>
        </message>
        <message>
            <source>accuracy</source>
            <translation>오차</translation>
        </message>
        <message>
            <source>spread of the position</source>
            <translation>위치 분산</translation>
        </message>
        <message>
            <source>ring</source>
            <translation>보호 반경</translation>
        </message>
        <message>
            <source>limit</source>
            <translation>기준</translation>
        </message>
        <message>
            <source>warning band</source>
            <translation>경고 폭</translation>
        </message>
        <message>
            <source>could have come</source>
            <translation>이동 가능 거리</translation>
        </message>
        <message>
            <source>error of the wearer's position</source>
            <translation>피부착자 위치 오차</translation>
        </message>
        <message>
            <source>error of the protected person's position</source>
            <translation>보호대상자 위치 오차</translation>
        </message>
        <message>
            <source>closest approach</source>
            <translation>최근접 예상 거리</translation>
        </message>
        <message>
            <source>closing speed</source>
            <translation>접근 속도</translation>
        </message>
        <message>
            <source>speed</source>
            <translation>속도</translation>
        </message>
        <message>
            <source>limit reached in</source>
            <translation>해당 경보 거리까지</translation>
        </message>
        <message>
            <source>0 s, already inside</source>
            <translation>0초, 이미 안에 있음</translation>
        </message>
        <message>
            <source>age of the position</source>
            <translation>위치 경과 시간</translation>
        </message>
        <message>
            <source>came late by</source>
            <translation>지연 도착</translation>
        </message>
        <message>
            <source>battery</source>
            <translation>배터리</translation>
        </message>
        <message>
            <source>measured at</source>
            <translation>측정 시각</translation>
        </message>
        <message>
            <source>measured by</source>
            <translation>측정 방식</translation>
        </message>
        <message>
            <source>in one vehicle</source>
            <translation>동승 여부</translation>
        </message>
        <message>
            <source>gateway</source>
            <translation>게이트웨이</translation>
        </message>
        <message>
            <source>kind</source>
            <translation>종류</translation>
        </message>
        <message>
            <source>reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>channel</source>
            <translation>경로</translation>
        </message>
        <message>
            <source>state</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>unit</source>
            <translation>차량</translation>
        </message>
        <message>
            <source>step</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>outcome</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>devices apart</source>
            <translation>장치 간 분리</translation>
        </message>
        <message>
            <source>devices in contact</source>
            <translation>장치 간 접촉</translation>
        </message>
        <message>
            <source>charged</source>
            <translation>충전됨</translation>
        </message>
        <message>
            <source>follows</source>
            <translation>뒤따름</translation>
        </message>
        <message>
            <source>heard</source>
            <translation>수신됨</translation>
        </message>
        <message>
            <source>low</source>
            <translation>부족</translation>
        </message>
        <message>
            <source>near an SOS</source>
            <translation>SOS 근처</translation>
        </message>
        <message>
            <source>order ended</source>
            <translation>결정 종료</translation>
        </message>
        <message>
            <source>switched off</source>
            <translation>전원 꺼짐</translation>
        </message>
        <message>
            <source>released by a person</source>
            <translation>담당자 해제</translation>
        </message>
        <message>
            <source>seen</source>
            <translation>확인됨</translation>
        </message>
        <message>
            <source>separated</source>
            <translation>분리</translation>
        </message>
        <message>
            <source>signal lost</source>
            <translation>신호 두절</translation>
        </message>
        <message>
            <source>stayed away</source>
            <translation>접근하지 않음</translation>
        </message>
        <message>
            <source>trusted again</source>
            <translation>신뢰 회복</translation>
        </message>
        <message>
            <source>standing still</source>
            <translation>정지</translation>
        </message>
        <message>
            <source>on foot</source>
            <translation>도보</translation>
        </message>
        <message>
            <source>by vehicle</source>
            <translation>차량</translation>
        </message>
        <message>
            <source>by rail</source>
            <translation>철도</translation>
        </message>
        <message>
            <source>shifted position</source>
            <translation>치우친 위치</translation>
        </message>
        <message>
            <source>mobile cell</source>
            <translation>기지국</translation>
        </message>
        <message>
            <source>beacon</source>
            <translation>비콘</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>예</translation>
        </message>
        <message>
            <source>no</source>
            <translation>아니요</translation>
        </message>
        <message>
            <source>No figures: it was reported, not calculated.</source>
            <translation>수치 없음: 계산이 아니라 신고된 경보입니다.</translation>
        </message>
        <message>
            <source>about</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>devices</source>
            <translation>장치 수</translation>
        </message>
        <message>
            <source>latitude</source>
            <translation>위도</translation>
        </message>
        <message>
            <source>longitude</source>
            <translation>경도</translation>
        </message>
        <message>
            <source>silent</source>
            <translation>무신호</translation>
        </message>
        <message>
            <source>test</source>
            <translation>시험</translation>
        </message>
        <message>
            <source>trouble</source>
            <translation>문제</translation>
        </message>
        <message>
            <source>watched</source>
            <translation>감시 대상</translation>
        </message>
        <message>
            <source>case changed</source>
            <translation>사건 정보 변경</translation>
        </message>
        <message>
            <source>housing opened</source>
            <translation>장치 케이스 개봉</translation>
        </message>
        <message>
            <source>device clock ahead</source>
            <translation>장치 시계 빠름</translation>
        </message>
        <message>
            <source>device clock behind</source>
            <translation>장치 시계 늦음</translation>
        </message>
        <message>
            <source>the same coordinates again and again</source>
            <translation>같은 좌표 반복</translation>
        </message>
        <message>
            <source>impossible speed</source>
            <translation>불가능한 속도</translation>
        </message>
        <message>
            <source>jamming</source>
            <translation>전파 방해</translation>
        </message>
        <message>
            <source>jamming over</source>
            <translation>전파 방해 종료</translation>
        </message>
        <message>
            <source>stays near</source>
            <translation>근처에 머묾</translation>
        </message>
        <message>
            <source>no motion for very long</source>
            <translation>장시간 움직임 없음</translation>
        </message>
        <message>
            <source>no signal</source>
            <translation>무신호</translation>
        </message>
        <message>
            <source>zone or ring no longer in force</source>
            <translation>구역·반경 적용 종료</translation>
        </message>
        <message>
            <source>switched on</source>
            <translation>전원 켜짐</translation>
        </message>
        <message>
            <source>with the wearer again</source>
            <translation>피부착자와 다시 결합</translation>
        </message>
        <message>
            <source>comes back</source>
            <translation>다시 나타남</translation>
        </message>
        <message>
            <source>satellites and network contradict each other</source>
            <translation>위성·통신망 위치 불일치</translation>
        </message>
        <message>
            <source>long stay</source>
            <translation>장시간 머묾</translation>
        </message>
        <message>
            <source>strap cut</source>
            <translation>스트랩 절단</translation>
        </message>
        <message>
            <source>strap whole again</source>
            <translation>스트랩 복구</translation>
        </message>
        <message>
            <source>too smooth to be measured</source>
            <translation>측정값으로 보기 어려운 매끄러운 경로</translation>
        </message>
        <message>
            <source>comes again and again</source>
            <translation>반복 방문</translation>
        </message>
        <message>
            <source>largest speed assumed</source>
            <translation>가정한 최고 속도</translation>
        </message>
        <message>
            <source>speed assumed on foot</source>
            <translation>가정한 도보 속도</translation>
        </message>
        <message>
            <source>assumed on foot for the first</source>
            <translation>도보로 가정한 처음 시간</translation>
        </message>
        <message>
            <source>speed of the wearer</source>
            <translation>피부착자 속도</translation>
        </message>
        <message>
            <source>speed of the protected person</source>
            <translation>보호대상자 속도</translation>
        </message>
        <message>
            <source>age of the wearer's position</source>
            <translation>피부착자 위치 경과 시간</translation>
        </message>
        <message>
            <source>age of the protected person's position</source>
            <translation>보호대상자 위치 경과 시간</translation>
        </message>
        <message>
            <source>positions of the wearer used</source>
            <translation>사용한 피부착자 위치 수</translation>
        </message>
        <message>
            <source>positions of the protected person used</source>
            <translation>사용한 보호대상자 위치 수</translation>
        </message>
        <message>
            <source>{probability} likely; positions used: {n_fixes}.</source>
            <translation>확률 {probability}, 위치 {n_fixes}개로 판단했습니다.</translation>
        </message>
        <message>
            <source>The wearer's position is known to {error_subject_m}, the protected person's to {error_protected_m}.</source>
            <translation>위치 오차는 피부착자 {error_subject_m}, 보호대상자 {error_protected_m}입니다.</translation>
        </message>
        <message>
            <source>If both go on like this they pass within {miss_m} of each other.</source>
            <translation>이대로 움직이면 두 사람은 {miss_m}까지 가까워집니다.</translation>
        </message>
        <message>
            <source>lasted for</source>
            <translation>지속 시간</translation>
        </message>
    </context>
    <context>
        <name>columns</name>
        <message>
            <source>inside</source>
            <translation>진입</translation>
        </message>
        <message>
            <source>your own</source>
            <translation>본인 신청</translation>
        </message>
        <message>
            <source>Decide within</source>
            <translation>결정 시한</translation>
        </message>
        <message>
            <source>Who asks</source>
            <translation>신청자</translation>
        </message>
        <message>
            <source>About whom</source>
            <translation>대상자</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>남은 시간</translation>
        </message>
        <message>
            <source>Who sees</source>
            <translation>열람자</translation>
        </message>
        <message>
            <source>Whom</source>
            <translation>대상자</translation>
        </message>
        <message>
            <source>What</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>happened {happened}
known {known}</source>
            <translation>발생 {happened}
인지 {known}</translation>
        </message>
        <message>
            <source>place not shown</source>
            <translation>장소 비공개</translation>
        </message>
        <message>
            <source>nobody yet</source>
            <translation>담당 없음</translation>
        </message>
        <message>
            <source>whole room</source>
            <translation>관제 전체</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>경과</translation>
        </message>
        <message>
            <source>What · where</source>
            <translation>종류 · 장소</translation>
        </message>
        <message>
            <source>Case · owner</source>
            <translation>사건 · 담당</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>거리</translation>
        </message>
        <message>
            <source>Contact in</source>
            <translation>적색까지</translation>
        </message>
        <message>
            <source>State · next step</source>
            <translation>상태 · 다음 조치</translation>
        </message>
        <message>
            <source>no device in this order</source>
            <translation>장치 없는 결정</translation>
        </message>
        <message>
            <source>wearer not heard for {span}</source>
            <translation>피부착자 신호 {span} 없음</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>위험도</translation>
        </message>
        <message>
            <source>Why there is no position</source>
            <translation>위치가 없는 이유</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Position from</source>
            <translation>위치 시각</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>오차</translation>
        </message>
        <message>
            <source>Battery</source>
            <translation>배터리</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>revoked</source>
            <translation>등록 취소</translation>
        </message>
        <message>
            <source>up</source>
            <translation>연결됨</translation>
        </message>
        <message>
            <source>down, heard {ago}</source>
            <translation>끊김, {ago} 수신</translation>
        </message>
        <message>
            <source>{n} missing</source>
            <translation>누락 {n}</translation>
        </message>
        <message>
            <source>{n} lost</source>
            <translation>유실 {n}</translation>
        </message>
        <message>
            <source>{n} quarantined</source>
            <translation>격리 {n}</translation>
        </message>
        <message>
            <source>Gateway</source>
            <translation>게이트웨이</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>연결</translation>
        </message>
        <message>
            <source>Fixes/s</source>
            <translation>수신/s</translation>
        </message>
        <message>
            <source>Gaps and bad data</source>
            <translation>누락 · 불량</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>차량</translation>
        </message>
        <message>
            <source>Against contact</source>
            <translation>적색 시각 대비</translation>
        </message>
        <message>
            <source>Break-glass</source>
            <translation>긴급 열람</translation>
        </message>
        <message>
            <source>By what</source>
            <translation>근거</translation>
        </message>
        <message>
            <source>For</source>
            <translation>동안</translation>
        </message>
        <message>
            <source>From</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Ground · approval</source>
            <translation>근거 · 승인</translation>
        </message>
        <message>
            <source>Looks</source>
            <translation>열람</translation>
        </message>
        <message>
            <source>Out of shift</source>
            <translation>근무 외</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>거부됨</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>일시</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>종료일</translation>
        </message>
        <message>
            <source>What was shown</source>
            <translation>표시된 내용</translation>
        </message>
        <message>
            <source>What · purpose</source>
            <translation>내용 · 목적</translation>
        </message>
        <message>
            <source>Who looked</source>
            <translation>열람자</translation>
        </message>
        <message>
            <source>Who saw</source>
            <translation>열람자</translation>
        </message>
        <message>
            <source>Without alarm</source>
            <translation>경보 없이</translation>
        </message>
        <message>
            <source>one look</source>
            <translation>1회 열람</translation>
        </message>
        <message>
            <source>Case · what of it</source>
            <translation>사건 · 범위</translation>
        </message>
        <message>
            <source>Ground · provision</source>
            <translation>사유 · 조문</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>State · since</source>
            <translation>상태 · 경과</translation>
        </message>
        <message>
            <source>Who answers for it</source>
            <translation>책임자</translation>
        </message>
        <message>
            <source>Access ran</source>
            <translation>열람 기간</translation>
        </message>
        <message>
            <source>By whom</source>
            <translation>이용자</translation>
        </message>
        <message>
            <source>Decision · by</source>
            <translation>결정 · 결정자</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>Handed out</source>
            <translation>반출</translation>
        </message>
        <message>
            <source>Legal paper</source>
            <translation>근거 문서</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>목적</translation>
        </message>
        <message>
            <source>Purpose · reason</source>
            <translation>목적 · 사유</translation>
        </message>
        <message>
            <source>Reason of the decision</source>
            <translation>결정 사유</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>신청</translation>
        </message>
        <message>
            <source>What · period</source>
            <translation>항목 · 기간</translation>
        </message>
        <message>
            <source>held now</source>
            <translation>현재 보유</translation>
        </message>
        <message>
            <source>{n} looks</source>
            <translation>열람 {n}회</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>As it was</source>
            <translation>당시</translation>
        </message>
        <message>
            <source>By</source>
            <translation>조치자</translation>
        </message>
        <message>
            <source>Called for</source>
            <translation>필요 시점</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>차이</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>조치 시각</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>필요 조치</translation>
        </message>
        <message>
            <source>Expert</source>
            <translation>숙련자</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>제한</translation>
        </message>
        <message>
            <source>Ring, zone</source>
            <translation>거리·구역</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>소요</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>평가</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>가정</translation>
        </message>
        <message>
            <source>State · time</source>
            <translation>상태 · 기한</translation>
        </message>
        <message>
            <source>Export · case</source>
            <translation>반출 번호 · 사건</translation>
        </message>
        <message>
            <source>Recipient · from whom, when</source>
            <translation>수령인 · 반출자, 일시</translation>
        </message>
        <message>
            <source>Case · entered by</source>
            <translation>사건 · 입력자</translation>
        </message>
        <message>
            <source>Ends · ground</source>
            <translation>종료 시각 · 사유</translation>
        </message>
        <message>
            <source>never heard, {span} since the order</source>
            <translation>신호 수신 이력 없음, 결정 후 {span}</translation>
        </message>
        <message>
            <source>{purpose} · until {end}</source>
            <translation>{purpose} · {end}까지</translation>
        </message>
        <message>
            <source>{have} of {need} approvals</source>
            <translation>승인 {need}명 중 {have}명</translation>
        </message>
        <message>
            <source>Who asks · number</source>
            <translation>신청자 · 번호</translation>
        </message>
        <message>
            <source>then a review</source>
            <translation>종료 후 심사</translation>
        </message>
        <message>
            <source>break-glass</source>
            <translation>긴급 열람</translation>
        </message>
        <message>
            <source>≈ {span} before</source>
            <translation>약 {span} 빠름</translation>
        </message>
        <message>
            <source>≈ {span} after</source>
            <translation>약 {span} 늦음</translation>
        </message>
        <message>
            <source>{arrival} vs. {contact} · {basis}</source>
            <translation>{arrival} 대 {contact} · {basis}</translation>
        </message>
        <message>
            <source>Lives nearby</source>
            <translation>본인 거주지 부근</translation>
        </message>
        <message>
            <source>Repeated looks</source>
            <translation>반복 열람</translation>
        </message>
        <message>
            <source>To</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>not heard</source>
            <translation>보고 끊김</translation>
        </message>
        <message>
            <source>arrival not known</source>
            <translation>도착 시각 모름</translation>
        </message>
        <message>
            <source>ETA · age</source>
            <translation>도착·보고</translation>
        </message>
        <message>
            <source>A click on the triangle or the key → gives each of them its row.</source>
            <translation>삼각형을 누르거나 → 키를 누르면 경보마다 한 줄씩 펼쳐집니다.</translation>
        </message>
        <message>
            <source>Space acknowledges all of them; red is never among them.</source>
            <translation>Space를 누르면 모두 확인합니다. 적색 경보는 묶이지 않습니다.</translation>
        </message>
        <message>
            <source>all are over</source>
            <translation>모두 해소</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>묶임</translation>
        </message>
        <message>
            <source>the oldest known {known}</source>
            <translation>가장 오래된 인지 {known}</translation>
        </message>
        <message>
            <source>unfolded</source>
            <translation>펼침</translation>
        </message>
        <message>
            <source>{n} alarms</source>
            <translation>경보 {n}건</translation>
        </message>
        <message>
            <source>{n} of them over</source>
            <translation>{n}건 해소</translation>
        </message>
    </context>
    <context>
        <name>phrases</name>
        <message>
            <source>officer on duty</source>
            <translation>당직 책임자</translation>
        </message>
        <message>
            <source>partner</source>
            <translation>배우자·동거인</translation>
        </message>
        <message>
            <source>brother</source>
            <translation>형제</translation>
        </message>
        <message>
            <source>sister</source>
            <translation>자매</translation>
        </message>
        <message>
            <source>son</source>
            <translation>아들</translation>
        </message>
        <message>
            <source>daughter</source>
            <translation>딸</translation>
        </message>
        <message>
            <source>father</source>
            <translation>아버지</translation>
        </message>
        <message>
            <source>mother</source>
            <translation>어머니</translation>
        </message>
        <message>
            <source>Beacon</source>
            <translation>비콘</translation>
        </message>
        <message>
            <source>Cell</source>
            <translation>기지국</translation>
        </message>
        <message>
            <source>station</source>
            <translation>역</translation>
        </message>
        <message>
            <source>inside the alarm ring</source>
            <translation>적색 경보 거리 안</translation>
        </message>
        <message>
            <source>jammed</source>
            <translation>전파 방해</translation>
        </message>
        <message>
            <source>apart from its wearer</source>
            <translation>피부착자와 분리</translation>
        </message>
        <message>
            <source>Zone breach</source>
            <translation>금지구역 침입</translation>
        </message>
        <message>
            <source>Near zone</source>
            <translation>금지구역 접근</translation>
        </message>
        <message>
            <source>Left stay-in zone</source>
            <translation>체류구역 이탈</translation>
        </message>
        <message>
            <source>Too close</source>
            <translation>근접</translation>
        </message>
        <message>
            <source>Approach</source>
            <translation>접근</translation>
        </message>
        <message>
            <source>Could be inside</source>
            <translation>구역 안일 수 있음</translation>
        </message>
        <message>
            <source>Position doubtful</source>
            <translation>위치 신뢰 불가</translation>
        </message>
        <message>
            <source>Strap tampered</source>
            <translation>스트랩 훼손</translation>
        </message>
        <message>
            <source>Jamming</source>
            <translation>전파 방해</translation>
        </message>
        <message>
            <source>No signal</source>
            <translation>무신호</translation>
        </message>
        <message>
            <source>Battery low</source>
            <translation>배터리 부족</translation>
        </message>
        <message>
            <source>SOS</source>
            <translation>SOS</translation>
        </message>
        <message>
            <source>Device apart</source>
            <translation>장치 분리</translation>
        </message>
        <message>
            <source>Loitering</source>
            <translation>배회</translation>
        </message>
        <message>
            <source>Other wearer</source>
            <translation>타 사건 접근</translation>
        </message>
        <message>
            <source>System</source>
            <translation>시스템</translation>
        </message>
        <message>
            <source>unacknowledged</source>
            <translation>미확인</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>확인됨</translation>
        </message>
        <message>
            <source>held until checked</source>
            <translation>점검까지 유지</translation>
        </message>
        <message>
            <source>suppressed</source>
            <translation>억제됨</translation>
        </message>
        <message>
            <source>out of service</source>
            <translation>사용 중지</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>종결</translation>
        </message>
        <message>
            <source>live</source>
            <translation>실시간</translation>
        </message>
        <message>
            <source>late</source>
            <translation>지연</translation>
        </message>
        <message>
            <source>stale</source>
            <translation>오래됨</translation>
        </message>
        <message>
            <source>lost</source>
            <translation>신호 두절</translation>
        </message>
        <message>
            <source>never heard</source>
            <translation>수신 이력 없음</translation>
        </message>
        <message>
            <source>high risk</source>
            <translation>고위험</translation>
        </message>
        <message>
            <source>medium risk</source>
            <translation>중위험</translation>
        </message>
        <message>
            <source>low risk</source>
            <translation>저위험</translation>
        </message>
        <message>
            <source>urgent measure</source>
            <translation>긴급응급조치</translation>
        </message>
        <message>
            <source>interim measure no. 2</source>
            <translation>잠정조치 2호</translation>
        </message>
        <message>
            <source>interim measure no. 3</source>
            <translation>잠정조치 3호</translation>
        </message>
        <message>
            <source>interim measure no. 3-2</source>
            <translation>잠정조치 3의2호</translation>
        </message>
        <message>
            <source>victim protection order</source>
            <translation>피해자보호명령</translation>
        </message>
        <message>
            <source>monitoring after sentence</source>
            <translation>형 집행 후 전자감독</translation>
        </message>
        <message>
            <source>monitoring on probation</source>
            <translation>집행유예 전자감독</translation>
        </message>
        <message>
            <source>monitoring on bail</source>
            <translation>보석 전자감독</translation>
        </message>
        <message>
            <source>other order</source>
            <translation>그 밖의 결정</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>관제요원</translation>
        </message>
        <message>
            <source>Supervisor</source>
            <translation>감독자</translation>
        </message>
        <message>
            <source>Trainer</source>
            <translation>교관</translation>
        </message>
        <message>
            <source>Auditor</source>
            <translation>감사자</translation>
        </message>
        <message>
            <source>Administrator</source>
            <translation>관리자</translation>
        </message>
        <message>
            <source>1 · stalking crime: investigation and trial</source>
            <translation>1 · 스토킹범죄 수사·재판</translation>
        </message>
        <message>
            <source>2 · check that the order is kept</source>
            <translation>2 · 결정 준수 확인</translation>
        </message>
        <message>
            <source>3 · change or extension of the measure</source>
            <translation>3 · 조치 변경·연장</translation>
        </message>
        <message>
            <source>4 · investigation of a breach</source>
            <translation>4 · 위반 수사</translation>
        </message>
        <message>
            <source>5 · warning the protected person</source>
            <translation>5 · 피해자 통지</translation>
        </message>
        <message>
            <source>home</source>
            <translation>집</translation>
        </message>
        <message>
            <source>work</source>
            <translation>직장</translation>
        </message>
        <message>
            <source>school</source>
            <translation>학교</translation>
        </message>
        <message>
            <source>other place</source>
            <translation>그 밖의 장소</translation>
        </message>
        <message>
            <source>Wearer</source>
            <translation>피부착자</translation>
        </message>
        <message>
            <source>Protected person</source>
            <translation>보호대상자</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>가족</translation>
        </message>
        <message>
            <source>strap whole</source>
            <translation>스트랩 정상</translation>
        </message>
        <message>
            <source>strap cut</source>
            <translation>스트랩 절단</translation>
        </message>
        <message>
            <source>strap whole again, to be checked</source>
            <translation>스트랩 복구 · 점검 필요</translation>
        </message>
        <message>
            <source>work address</source>
            <translation>직장 주소</translation>
        </message>
        <message>
            <source>home address</source>
            <translation>집 주소</translation>
        </message>
        <message>
            <source>phone number</source>
            <translation>전화번호</translation>
        </message>
        <message>
            <source>police station</source>
            <translation>관할 경찰서</translation>
        </message>
        <message>
            <source>protected person</source>
            <translation>보호대상자</translation>
        </message>
        <message>
            <source>device of the protected person</source>
            <translation>보호대상자 장치</translation>
        </message>
        <message>
            <source>device of the wearer</source>
            <translation>피부착자 장치</translation>
        </message>
        <message>
            <source>supervisor told</source>
            <translation>감독자 통보됨</translation>
        </message>
        <message>
            <source>second seat told</source>
            <translation>옆 관제석 통보</translation>
        </message>
        <message>
            <source>reported</source>
            <translation>장치 보고</translation>
        </message>
        <message>
            <source>certain</source>
            <translation>확실</translation>
        </message>
        <message>
            <source>probable</source>
            <translation>유력</translation>
        </message>
        <message>
            <source>possible</source>
            <translation>가능</translation>
        </message>
        <message>
            <source>never</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>{span} ago</source>
            <translation>{span} 전</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n}초</translation>
        </message>
        <message>
            <source>{m} min {s} s</source>
            <translation>{m}분 {s}초</translation>
        </message>
        <message>
            <source>{m} min</source>
            <translation>{m}분</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h}시간 {m}분</translation>
        </message>
        <message>
            <source>{h} h</source>
            <translation>{h}시간</translation>
        </message>
        <message>
            <source>{d} days</source>
            <translation>{d}일</translation>
        </message>
        <message>
            <source>{distance} apart</source>
            <translation>거리 {distance}</translation>
        </message>
        <message>
            <source>contact in {span}</source>
            <translation>{span} 뒤 적색 경보 거리 도달 예상</translation>
        </message>
        <message>
            <source>both move as in one vehicle</source>
            <translation>같은 차량으로 이동하는 움직임</translation>
        </message>
        <message>
            <source>{parts}.</source>
            <translation>{parts}.</translation>
        </message>
        <message>
            <source>The distance is not known.</source>
            <translation>거리를 알 수 없습니다.</translation>
        </message>
        <message>
            <source>{band} apart; more is shown with an alarm or a grant.</source>
            <translation>거리 {band}. 경보나 열람 승인이 있으면 더 표시됩니다.</translation>
        </message>
        <message>
            <source>closing {speed}</source>
            <translation>{speed}로 접근 중</translation>
        </message>
        <message>
            <source>moving away {speed}</source>
            <translation>{speed}로 멀어짐</translation>
        </message>
        <message>
            <source>distance steady</source>
            <translation>거리 유지</translation>
        </message>
        <message>
            <source>{share} of the closing speed is the wearer's.</source>
            <translation>접근 속도의 {share}는 피부착자의 이동입니다.</translation>
        </message>
        <message>
            <source>No-entry zone</source>
            <translation>금지구역</translation>
        </message>
        <message>
            <source>Stay-in zone</source>
            <translation>체류구역</translation>
        </message>
        <message>
            <source>warns</source>
            <translation>주의 경보</translation>
        </message>
        <message>
            <source>alarms</source>
            <translation>적색 경보</translation>
        </message>
        <message>
            <source>Call protected person</source>
            <translation>보호대상자 통화</translation>
        </message>
        <message>
            <source>Call wearer</source>
            <translation>피부착자 통화</translation>
        </message>
        <message>
            <source>Send a unit</source>
            <translation>차량 출동</translation>
        </message>
        <message>
            <source>Warn through the app</source>
            <translation>앱 알림 발송</translation>
        </message>
        <message>
            <source>Inform probation office</source>
            <translation>보호관찰소 통보</translation>
        </message>
        <message>
            <source>Check the device</source>
            <translation>장치 점검</translation>
        </message>
        <message>
            <source>Have the strap checked</source>
            <translation>스트랩 점검</translation>
        </message>
        <message>
            <source>Check known addresses</source>
            <translation>등록 주소 확인</translation>
        </message>
        <message>
            <source>Reach the protected person another way</source>
            <translation>보호대상자 다른 방법으로 연락</translation>
        </message>
        <message>
            <source>Tell the protection officer</source>
            <translation>신변보호 담당 통보</translation>
        </message>
        <message>
            <source>Tell the probation office</source>
            <translation>보호관찰소 통보</translation>
        </message>
        <message>
            <source>Ask for CCTV</source>
            <translation>CCTV 열람 요청</translation>
        </message>
        <message>
            <source>Tell the wearer that CCTV was viewed</source>
            <translation>피부착자에게 CCTV 열람 고지</translation>
        </message>
        <message>
            <source>Acknowledge</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Ask for a position</source>
            <translation>위치 요청</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>계속 관찰</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. Case {case}: a protected person has called for help with the SOS button. Please send officers to the place on your screen; I stay on the line.”</source>
            <translation>“위치추적 관제센터입니다. 사건 {case}, 보호대상자가 SOS 버튼으로 긴급 구조를 요청했습니다. 화면에 표시된 장소로 출동해 주십시오. 통화를 유지하겠습니다.”</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. Case {case}: a person under a court order may reach a protected person. Please send officers to the place on your screen; I stay on the line.”</source>
            <translation>“위치추적 관제센터입니다. 사건 {case}, 법원 결정을 받은 사람이 보호대상자에게 접근하고 있습니다. 화면에 표시된 장소로 출동해 주십시오. 통화를 유지하겠습니다.”</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. Are you safe now? Please go where other people are, stay there and keep this phone on. Officers are being sent.”</source>
            <translation>“위치추적 관제센터입니다. 지금 안전하십니까? 사람이 많은 곳으로 가서 그대로 계시고, 전화를 켜 두십시오. 경찰이 출동하고 있습니다.”</translation>
        </message>
        <message>
            <source>“This is the monitoring centre. You are in breach of the court's order or about to be. Turn round now, go back the way you came and stay where you are reached. Failure is an offence.” Never name a direction, a street or a person.</source>
            <translation>“위치추적 관제센터입니다. 법원 결정을 위반했거나 위반하려 하고 있습니다. 지금 돌아서서 온 길로 되돌아가고, 연락이 되는 상태를 유지하십시오. 따르지 않으면 처벌받습니다.” 방향, 도로명, 사람을 절대 말하지 마십시오.</translation>
        </message>
        <message>
            <source>done</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>receipt confirmed</source>
            <translation>접수 확인</translation>
        </message>
        <message>
            <source>already known to them</source>
            <translation>이미 인지</translation>
        </message>
        <message>
            <source>answered</source>
            <translation>통화됨</translation>
        </message>
        <message>
            <source>answered, safe</source>
            <translation>통화 · 안전</translation>
        </message>
        <message>
            <source>answered, in danger</source>
            <translation>통화 · 위험</translation>
        </message>
        <message>
            <source>complies</source>
            <translation>이행</translation>
        </message>
        <message>
            <source>refuses</source>
            <translation>거부</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>응답 없음</translation>
        </message>
        <message>
            <source>not possible</source>
            <translation>불가</translation>
        </message>
        <message>
            <source>told</source>
            <translation>통보함</translation>
        </message>
        <message>
            <source>unit sent</source>
            <translation>차량 출동</translation>
        </message>
        <message>
            <source>police send their own</source>
            <translation>경찰 자체 출동</translation>
        </message>
        <message>
            <source>not needed</source>
            <translation>불필요</translation>
        </message>
        <message>
            <source>footage viewed</source>
            <translation>영상 열람</translation>
        </message>
        <message>
            <source>asked for</source>
            <translation>요청함</translation>
        </message>
        <message>
            <source>notified</source>
            <translation>고지함</translation>
        </message>
        <message>
            <source>reached</source>
            <translation>연락됨</translation>
        </message>
        <message>
            <source>reached through someone else</source>
            <translation>다른 사람을 통해 연락</translation>
        </message>
        <message>
            <source>not reached</source>
            <translation>연락 안 됨</translation>
        </message>
        <message>
            <source>officer sent</source>
            <translation>경찰관 파견</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>발송</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>실패</translation>
        </message>
        <message>
            <source>true breach</source>
            <translation>실제 위반</translation>
        </message>
        <message>
            <source>breach prevented</source>
            <translation>위반 예방</translation>
        </message>
        <message>
            <source>allowed</source>
            <translation>허용된 행위</translation>
        </message>
        <message>
            <source>technical cause</source>
            <translation>기술적 원인</translation>
        </message>
        <message>
            <source>false alarm</source>
            <translation>오경보</translation>
        </message>
        <message>
            <source>test</source>
            <translation>시험</translation>
        </message>
        <message>
            <source>open</source>
            <translation>진행</translation>
        </message>
        <message>
            <source>free</source>
            <translation>대기</translation>
        </message>
        <message>
            <source>on the way</source>
            <translation>이동 중</translation>
        </message>
        <message>
            <source>on scene</source>
            <translation>현장 도착</translation>
        </message>
        <message>
            <source>busy</source>
            <translation>임무 중</translation>
        </message>
        <message>
            <source>off duty</source>
            <translation>비번</translation>
        </message>
        <message>
            <source>order sent</source>
            <translation>지시 발송</translation>
        </message>
        <message>
            <source>order delivered</source>
            <translation>지시 수신</translation>
        </message>
        <message>
            <source>order accepted</source>
            <translation>지시 수락</translation>
        </message>
        <message>
            <source>order refused</source>
            <translation>지시 거부</translation>
        </message>
        <message>
            <source>order not delivered</source>
            <translation>지시 미전달</translation>
        </message>
        <message>
            <source>by road</source>
            <translation>도로 기준</translation>
        </message>
        <message>
            <source>estimated from the straight line</source>
            <translation>직선거리 추정</translation>
        </message>
        <message>
            <source>App</source>
            <translation>앱</translation>
        </message>
        <message>
            <source>SMS</source>
            <translation>문자</translation>
        </message>
        <message>
            <source>Police map</source>
            <translation>경찰 지도</translation>
        </message>
        <message>
            <source>Partner system</source>
            <translation>연계 시스템</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>전자우편</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>대기</translation>
        </message>
        <message>
            <source>delivered</source>
            <translation>수신</translation>
        </message>
        <message>
            <source>seen</source>
            <translation>열람</translation>
        </message>
        <message>
            <source>exact position</source>
            <translation>정확한 위치</translation>
        </message>
        <message>
            <source>track</source>
            <translation>이동 경로</translation>
        </message>
        <message>
            <source>name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>phone numbers</source>
            <translation>전화번호</translation>
        </message>
        <message>
            <source>addresses</source>
            <translation>주소</translation>
        </message>
        <message>
            <source>export</source>
            <translation>반출</translation>
        </message>
        <message>
            <source>recording</source>
            <translation>기록 파일</translation>
        </message>
        <message>
            <source>approved</source>
            <translation>승인</translation>
        </message>
        <message>
            <source>denied</source>
            <translation>거부</translation>
        </message>
        <message>
            <source>lapsed</source>
            <translation>소멸</translation>
        </message>
        <message>
            <source>running</source>
            <translation>진행 중</translation>
        </message>
        <message>
            <source>expired</source>
            <translation>만료</translation>
        </message>
        <message>
            <source>ended</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>awaiting review</source>
            <translation>심사 대기</translation>
        </message>
        <message>
            <source>reviewed</source>
            <translation>심사 완료</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>Acknowledged</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Escalated</source>
            <translation>상향 보고</translation>
        </message>
        <message>
            <source>Incident opened</source>
            <translation>대응 개시</translation>
        </message>
        <message>
            <source>Another alarm joined</source>
            <translation>경보 병합</translation>
        </message>
        <message>
            <source>Incident closed</source>
            <translation>대응 종결</translation>
        </message>
        <message>
            <source>Taken over</source>
            <translation>담당 변경</translation>
        </message>
        <message>
            <source>Step opened</source>
            <translation>조치 개시</translation>
        </message>
        <message>
            <source>Step worked</source>
            <translation>조치 기록</translation>
        </message>
        <message>
            <source>Step overdue</source>
            <translation>조치 시한 초과</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Unit sent</source>
            <translation>차량 출동</translation>
        </message>
        <message>
            <source>Unit reports</source>
            <translation>차량 보고</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>알림</translation>
        </message>
        <message>
            <source>Device asked</source>
            <translation>장치 요청</translation>
        </message>
        <message>
            <source>Device answered</source>
            <translation>장치 응답</translation>
        </message>
        <message>
            <source>Entered by hand</source>
            <translation>직접 입력</translation>
        </message>
        <message>
            <source>The disk of the bridge is nearly full.</source>
            <translation>관제 서버 디스크 공간이 부족합니다.</translation>
        </message>
        <message>
            <source>The disk of the bridge is full: nothing new is accepted.</source>
            <translation>관제 서버 디스크가 가득 차 새 자료를 받지 못합니다.</translation>
        </message>
        <message>
            <source>The bridge's clock has jumped: ages are doubtful until confirmed.</source>
            <translation>관제 서버 시계가 변경되어 경과 시간을 신뢰할 수 없습니다.</translation>
        </message>
        <message>
            <source>The bridge is behind its input.</source>
            <translation>관제 서버 처리가 지연되고 있습니다.</translation>
        </message>
        <message>
            <source>Many devices fell silent at once: the room is blind to them. Ctrl+Shift+K prints where they were last.</source>
            <translation>다수 장치가 동시에 무신호입니다. 관제가 불가능한 상태이니 Ctrl+Shift+K로 마지막 확인 위치를 인쇄하십시오.</translation>
        </message>
        <message>
            <source>access review</source>
            <translation>열람 점검</translation>
        </message>
        <message>
            <source>approved request</source>
            <translation>승인된 신청</translation>
        </message>
        <message>
            <source>break-glass</source>
            <translation>긴급 열람</translation>
        </message>
        <message>
            <source>by role</source>
            <translation>직무상</translation>
        </message>
        <message>
            <source>disclosure rule</source>
            <translation>공개 기준</translation>
        </message>
        <message>
            <source>event log</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>looks of one user</source>
            <translation>사용자별 열람 내역</translation>
        </message>
        <message>
            <source>more, by a grant</source>
            <translation>승인에 따른 추가 표시</translation>
        </message>
        <message>
            <source>more, by an alarm</source>
            <translation>경보에 따른 추가 표시</translation>
        </message>
        <message>
            <source>open alarm</source>
            <translation>발령 중인 경보</translation>
        </message>
        <message>
            <source>replay</source>
            <translation>재생</translation>
        </message>
        <message>
            <source>routine monitoring</source>
            <translation>일상 감독</translation>
        </message>
        <message>
            <source>routine view</source>
            <translation>일상 감독 화면</translation>
        </message>
        <message>
            <source>search</source>
            <translation>검색</translation>
        </message>
        <message>
            <source>shell command {name}</source>
            <translation>셸 명령 {name}</translation>
        </message>
        <message>
            <source>shell with the store's key</source>
            <translation>저장소 열쇠를 쓴 셸</translation>
        </message>
        <message>
            <source>shown in the app</source>
            <translation>앱에 표시</translation>
        </message>
        <message>
            <source>statistics</source>
            <translation>통계</translation>
        </message>
        <message>
            <source>units by arrival</source>
            <translation>출동 차량 순위</translation>
        </message>
        <message>
            <source>usage ledger</source>
            <translation>이용대장</translation>
        </message>
        <message>
            <source>{what}, until {end}</source>
            <translation>{what}, {end}까지</translation>
        </message>
        <message>
            <source>app of {person}: {what}</source>
            <translation>{person}의 앱: {what}</translation>
        </message>
        <message>
            <source>coarse position</source>
            <translation>대략적 위치</translation>
        </message>
        <message>
            <source>distance</source>
            <translation>거리</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>that somebody is near</source>
            <translation>접근 여부만</translation>
        </message>
        <message>
            <source>Alarm raised</source>
            <translation>경보 발생</translation>
        </message>
        <message>
            <source>Alarm graver</source>
            <translation>경보 격상</translation>
        </message>
        <message>
            <source>Alarm closed</source>
            <translation>경보 종결</translation>
        </message>
        <message>
            <source>Taken over by another</source>
            <translation>다른 근무자가 인수</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>보류</translation>
        </message>
        <message>
            <source>Brought back</source>
            <translation>보류 해제</translation>
        </message>
        <message>
            <source>Protected person not reached</source>
            <translation>보호대상자 연락 불가</translation>
        </message>
        <message>
            <source>In force</source>
            <translation>시행 중</translation>
        </message>
        <message>
            <source>In force at once</source>
            <translation>즉시 시행</translation>
        </message>
        <message>
            <source>Revoked: the app shows nothing</source>
            <translation>철회됨: 앱에 표시 안 됨</translation>
        </message>
        <message>
            <source>Waits for a supervisor: the app shows nothing</source>
            <translation>감독자 승인 대기: 앱에 표시 안 됨</translation>
        </message>
        <message>
            <source>{state} · review overdue {late}</source>
            <translation>{state} · 심사 기한 {late} 경과</translation>
        </message>
        <message>
            <source>{state} · review within {left}</source>
            <translation>{state} · 심사 기한 {left} 남음</translation>
        </message>
        <message>
            <source>{what}, direction</source>
            <translation>{what}, 방향</translation>
        </message>
        <message>
            <source>curfew place</source>
            <translation>외출 제한 장소</translation>
        </message>
        <message>
            <source>Device events</source>
            <translation>장치 이벤트</translation>
        </message>
        <message>
            <source>Log entries whose content is erased</source>
            <translation>내용이 지워지는 기록</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>위치</translation>
        </message>
        <message>
            <source>Recordings, exports and copies</source>
            <translation>기록 파일·반출 파일·사본</translation>
        </message>
        <message>
            <source>Versions of the case file</source>
            <translation>사건 파일 버전</translation>
        </message>
        <message>
            <source>acquitted or dismissed</source>
            <translation>무죄·기각 확정</translation>
        </message>
        <message>
            <source>being destroyed</source>
            <translation>파기 중</translation>
        </message>
        <message>
            <source>court refused emergency access</source>
            <translation>긴급 열람 법원 불허</translation>
        </message>
        <message>
            <source>destroyed</source>
            <translation>파기됨</translation>
        </message>
        <message>
            <source>due</source>
            <translation>파기 대상</translation>
        </message>
        <message>
            <source>on hold</source>
            <translation>보류 중</translation>
        </message>
        <message>
            <source>order lost its effect</source>
            <translation>결정 실효</translation>
        </message>
        <message>
            <source>period of the law is over</source>
            <translation>법정 보존기간 만료</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>거부됨</translation>
        </message>
        <message>
            <source>the person asked for it</source>
            <translation>본인 요청</translation>
        </message>
        <message>
            <source>to be decided</source>
            <translation>결정 대기</translation>
        </message>
        <message>
            <source>access opened</source>
            <translation>열람 개시</translation>
        </message>
        <message>
            <source>app rule decided</source>
            <translation>앱 공개 결정</translation>
        </message>
        <message>
            <source>certificate</source>
            <translation>증명서</translation>
        </message>
        <message>
            <source>court permitted: {number}</source>
            <translation>법원 허가: {number}</translation>
        </message>
        <message>
            <source>court refused</source>
            <translation>법원 불허</translation>
        </message>
        <message>
            <source>court refused: {number}</source>
            <translation>법원 불허: {number}</translation>
        </message>
        <message>
            <source>data held</source>
            <translation>보유 자료</translation>
        </message>
        <message>
            <source>dry run of a destruction</source>
            <translation>모의 파기</translation>
        </message>
        <message>
            <source>handed out</source>
            <translation>반출</translation>
        </message>
        <message>
            <source>investigative register</source>
            <translation>수사 제공대장</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>열람</translation>
        </message>
        <message>
            <source>role lost</source>
            <translation>권한 상실</translation>
        </message>
        <message>
            <source>order ended</source>
            <translation>결정 종료</translation>
        </message>
        <message>
            <source>Break glass</source>
            <translation>긴급 열람</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>전화</translation>
        </message>
        <message>
            <source>Call…</source>
            <translation>전화…</translation>
        </message>
        <message>
            <source>Close the alarm</source>
            <translation>경보 종결</translation>
        </message>
        <message>
            <source>Close the incident</source>
            <translation>대응 종결</translation>
        </message>
        <message>
            <source>Link back</source>
            <translation>통신 복구</translation>
        </message>
        <message>
            <source>Link lost</source>
            <translation>통신 두절</translation>
        </message>
        <message>
            <source>Speed changed</source>
            <translation>배속 변경</translation>
        </message>
        <message>
            <source>Scenario ended</source>
            <translation>시나리오 종료</translation>
        </message>
        <message>
            <source>Scenario started</source>
            <translation>시나리오 시작</translation>
        </message>
        <message>
            <source>Wrong address</source>
            <translation>주소 오류</translation>
        </message>
        <message>
            <source>earlier</source>
            <translation>빨라짐</translation>
        </message>
        <message>
            <source>en</source>
            <translation>ko</translation>
        </message>
        <message>
            <source>gone</source>
            <translation>사라짐</translation>
        </message>
        <message>
            <source>in time</source>
            <translation>시간 내</translation>
        </message>
        <message>
            <source>later</source>
            <translation>늦어짐</translation>
        </message>
        <message>
            <source>new</source>
            <translation>새로 발생</translation>
        </message>
        <message>
            <source>not called for</source>
            <translation>해당 없음</translation>
        </message>
        <message>
            <source>not done</source>
            <translation>미조치</translation>
        </message>
        <message>
            <source>other outcome</source>
            <translation>결과 다름</translation>
        </message>
        <message>
            <source>same</source>
            <translation>동일</translation>
        </message>
        <message>
            <source>too late</source>
            <translation>시간 초과</translation>
        </message>
        <message>
            <source>entry {n}</source>
            <translation>기록 {n}</translation>
        </message>
        <message>
            <source>A part of the bridge has stopped: {which}. Restart the bridge.</source>
            <translation>관제 서버의 일부({which})가 멈췄습니다. 관제 서버를 다시 시작하십시오.</translation>
        </message>
        <message>
            <source>Export {which} must be destroyed now.</source>
            <translation>반출 파일 {which} 파기 기한이 지났습니다.</translation>
        </message>
        <message>
            <source>Gateway {which} is not heard.</source>
            <translation>게이트웨이 {which} 수신 없음</translation>
        </message>
        <message>
            <source>No signed checkpoint of the log could be written.</source>
            <translation>서명 기록점을 쓰지 못했습니다.</translation>
        </message>
        <message>
            <source>Police units cannot report: their port is not open.</source>
            <translation>경찰 차량이 보고할 수 없습니다. 포트가 열려 있지 않습니다.</translation>
        </message>
        <message>
            <source>Break-glass {which}: review it (F3).</source>
            <translation>긴급 열람 {which}: 심사하십시오(F3).</translation>
        </message>
        <message>
            <source>Test alarm of seat {which}; acknowledge and close it.</source>
            <translation>{which} 관제석의 시험 경보입니다. 확인하고 종결하십시오.</translation>
        </message>
        <message>
            <source>The bridge cannot write: nothing is acknowledged, decisions go on in memory.</source>
            <translation>관제 서버가 기록하지 못합니다. 수신 확인은 멈추고 판단은 메모리에서 계속합니다.</translation>
        </message>
        <message>
            <source>The bridge's own test did not come through: alarms may not arrive.</source>
            <translation>관제 서버 자체 점검이 통과하지 못했습니다. 경보가 오지 않을 수 있습니다.</translation>
        </message>
        <message>
            <source>The device of {which} should be back on the wearer.</source>
            <translation>{which}의 장치를 다시 부착할 시각이 지났습니다.</translation>
        </message>
        <message>
            <source>Desk {which} does not answer.</source>
            <translation>관제석 {which} 응답 없음</translation>
        </message>
        <message>
            <source>What an app shows was not reviewed within 24 hours (F12).</source>
            <translation>앱 공개 기준을 24시간 안에 심사하지 않았습니다(F12).</translation>
        </message>
        <message>
            <source>addresses around a position</source>
            <translation>위치 주변 주소</translation>
        </message>
        <message>
            <source>debrief</source>
            <translation>강평</translation>
        </message>
        <message>
            <source>incident report</source>
            <translation>사건 대응 보고서</translation>
        </message>
        <message>
            <source>printed or saved</source>
            <translation>출력·저장</translation>
        </message>
        <message>
            <source>scenarios</source>
            <translation>시나리오</translation>
        </message>
        <message>
            <source>overdue</source>
            <translation>기한 경과</translation>
        </message>
        <message>
            <source>for {span}</source>
            <translation>{span} 지남</translation>
        </message>
        <message>
            <source>{span} left</source>
            <translation>{span} 남음</translation>
        </message>
        <message>
            <source>{who}: destroy by {day}</source>
            <translation>{who}: {day}까지 파기</translation>
        </message>
        <message>
            <source>with its case</source>
            <translation>사건과 함께 파기</translation>
        </message>
        <message>
            <source>Confirmed by {who}: {reason}</source>
            <translation>확인자 {who}: {reason}</translation>
        </message>
        <message>
            <source>a scenario's file</source>
            <translation>시나리오 파일</translation>
        </message>
        <message>
            <source>a scenario being written</source>
            <translation>작성 중인 시나리오</translation>
        </message>
        <message>
            <source>a scenario offered to be kept</source>
            <translation>시나리오 저장 요청</translation>
        </message>
        <message>
            <source>edge of the ring</source>
            <translation>적색 경보 거리 경계</translation>
        </message>
        <message>
            <source>{distance} away</source>
            <translation>{distance} 떨어진 곳</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 31-6</source>
            <translation>전자장치부착법 제31조의6</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 31-6(5)</source>
            <translation>전자장치부착법 제31조의6제5항</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 16-3(2)</source>
            <translation>전자장치부착법 제16조의3제2항</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 16-3(3)</source>
            <translation>전자장치부착법 제16조의3제3항</translation>
        </message>
        <message>
            <source>1 · stalking crime</source>
            <translation>1 · 스토킹범죄</translation>
        </message>
        <message>
            <source>2 · order kept</source>
            <translation>2 · 준수 확인</translation>
        </message>
        <message>
            <source>3 · change of measure</source>
            <translation>3 · 조치 변경</translation>
        </message>
        <message>
            <source>4 · breach</source>
            <translation>4 · 위반 수사</translation>
        </message>
        <message>
            <source>5 · warning</source>
            <translation>5 · 피해자 통지</translation>
        </message>
        <message>
            <source>approved, narrowed</source>
            <translation>축소 승인</translation>
        </message>
        <message>
            <source>Old positions</source>
            <translation>보존 기간 지난 위치</translation>
        </message>
        <message>
            <source>{fixes} of {devices} devices, in {cases} of {all} cases</source>
            <translation>장치 {devices}대의 {fixes}건, 전체 {all}건 중 사건 {cases}건</translation>
        </message>
        <message>
            <source>{case} until {day} ({who})</source>
            <translation>{case} {day}까지 ({who})</translation>
        </message>
        <message>
            <source>Measured before</source>
            <translation>측정 기준 시각</translation>
        </message>
        <message>
            <source>Provision</source>
            <translation>근거 조문</translation>
        </message>
        <message>
            <source>Legal holds</source>
            <translation>파기 보류</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Kept by a refused destruction</source>
            <translation>파기 거부로 보존</translation>
        </message>
        <message>
            <source>count of old positions</source>
            <translation>기간 지난 위치 집계</translation>
        </message>
        <message>
            <source>lost its effect</source>
            <translation>효력 상실</translation>
        </message>
        <message>
            <source>revoked</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>not indicted</source>
            <translation>불기소</translation>
        </message>
        <message>
            <source>acquittal is final</source>
            <translation>무죄 확정</translation>
        </message>
        <message>
            <source>dismissal is final</source>
            <translation>공소기각 등 확정</translation>
        </message>
        <message>
            <source>term over</source>
            <translation>기간 만료</translation>
        </message>
        <message>
            <source>replaced by another order</source>
            <translation>다른 결정으로 대체</translation>
        </message>
        <message>
            <source>other ground</source>
            <translation>기타 사유</translation>
        </message>
        <message>
            <source>to be confirmed</source>
            <translation>승인 대기</translation>
        </message>
        <message>
            <source>confirmed</source>
            <translation>승인됨</translation>
        </message>
        <message>
            <source>The order of {case} ends at {at} ({ground}): watching and warnings stop.</source>
            <translation>{case} 결정이 {at}에 종료됩니다({ground}). 감독과 경고가 중단됩니다.</translation>
        </message>
        <message>
            <source>The order of {case} ends at {at} ({ground}): watching stops, and its data become due for destruction.</source>
            <translation>{case} 결정이 {at}에 종료됩니다({ground}). 감독이 중단되고 자료가 파기 대상이 됩니다.</translation>
        </message>
        <message>
            <source>The end of the order of {which} waits to be confirmed (F3).</source>
            <translation>{which} 결정의 조기 종료가 승인을 기다리고 있습니다 (F3).</translation>
        </message>
        <message>
            <source>about to be printed or saved</source>
            <translation>출력·저장 시작</translation>
        </message>
        <message>
            <source>the wearer</source>
            <translation>피부착자</translation>
        </message>
        <message>
            <source>the protected person</source>
            <translation>보호대상자</translation>
        </message>
        <message>
            <source>somebody else (witness, relative)</source>
            <translation>그 밖의 사람 (목격자, 가족 등)</translation>
        </message>
        <message>
            <source>nobody (technical, procedure)</source>
            <translation>해당 없음 (기술, 절차)</translation>
        </message>
        <message>
            <source>fact: seen, heard or measured</source>
            <translation>사실: 보고 듣고 측정한 것</translation>
        </message>
        <message>
            <source>assessment: what I conclude</source>
            <translation>평가: 본인의 판단</translation>
        </message>
        <message>
            <source>Consent withdrawn ({which}): not tracked in this case any more; 112 is being told. Ask about other cases.</source>
            <translation>동의 철회({which}): 이 사건에서는 더 이상 추적하지 않으며 112에 통보 중입니다. 다른 사건도 확인하십시오.</translation>
        </message>
        <message>
            <source>SOS of {which}, which is in no case: find out who carries it, and send help.</source>
            <translation>어느 사건에도 등록되지 않은 장치 {which}에서 SOS가 왔습니다. 누가 지니고 있는지 확인하고 도움을 보내십시오.</translation>
        </message>
        <message>
            <source>ended early</source>
            <translation>기한 전 종료</translation>
        </message>
        <message>
            <source>printed list of last known positions</source>
            <translation>마지막 확인 위치 목록 출력</translation>
        </message>
        <message>
            <source>on a list that was printed</source>
            <translation>출력된 목록에 포함</translation>
        </message>
        <message>
            <source>100 m ban about to be broken (Electronic Monitoring Act art. 31-6(4)2)</source>
            <translation>100 m 접근금지 위반 우려 (전자장치부착법 제31조의6제4항제2호)</translation>
        </message>
        <message>
            <source>100 m ban broken (Stalking Act art. 20)</source>
            <translation>100 m 접근금지 위반 (스토킹처벌법 제20조)</translation>
        </message>
        <message>
            <source>assessment</source>
            <translation>판단</translation>
        </message>
        <message>
            <source>fact</source>
            <translation>사실</translation>
        </message>
        <message>
            <source>battery of the device low</source>
            <translation>장치 배터리 부족</translation>
        </message>
        <message>
            <source>call for help</source>
            <translation>구조 요청</translation>
        </message>
        <message>
            <source>device tampered with (Electronic Monitoring Act art. 31-6(4)3)</source>
            <translation>장치 훼손 (전자장치부착법 제31조의6제4항제3호)</translation>
        </message>
        <message>
            <source>ground for more than two extensions (Stalking Act art. 9(7))</source>
            <translation>2회를 넘는 연장의 근거 (스토킹처벌법 제9조제7항)</translation>
        </message>
        <message>
            <source>jamming or altered data (Electronic Monitoring Act art. 31-6(4)3)</source>
            <translation>전파 방해 또는 수신자료 변조 (전자장치부착법 제31조의6제4항제3호)</translation>
        </message>
        <message>
            <source>link to the device lost</source>
            <translation>장치와 통신 두절</translation>
        </message>
        <message>
            <source>within 1.0 km of a forbidden place (Electronic Monitoring Act art. 31-6(4)4)</source>
            <translation>접근금지 장소 1.0 km 이내 (전자장치부착법 제31조의6제4항제4호)</translation>
        </message>
        <message>
            <source>within {distance} of the protected person (Electronic Monitoring Act art. 31-6(4)2)</source>
            <translation>보호대상자로부터 {distance} 이내 (전자장치부착법 제31조의6제4항제2호)</translation>
        </message>
        <message>
            <source>The device is off with leave; 112 is being told ({which}).</source>
            <translation>허가를 받아 장치를 분리함 · 112 통보 중 ({which})</translation>
        </message>
        <message>
            <source>The protected person cannot be reached; 112 is being told ({which}).</source>
            <translation>보호대상자와 연락되지 않음 · 112 통보 중 ({which})</translation>
        </message>
        <message>
            <source>The protected person refuses the device; 112 is being told ({which}).</source>
            <translation>보호대상자가 보호장치를 거부함 · 112 통보 중 ({which})</translation>
        </message>
        <message>
            <source>The wearer did not come to be fitted; 112 is being told ({which}).</source>
            <translation>피부착자가 부착 일시에 출석하지 않음 · 112 통보 중 ({which})</translation>
        </message>
        <message>
            <source>The wearer refuses the device; 112 is being told ({which}).</source>
            <translation>피부착자가 부착을 거부함 · 112 통보 중 ({which})</translation>
        </message>
        <message>
            <source>starting point</source>
            <translation>출발지</translation>
        </message>
        <message>
            <source>Another wearer</source>
            <translation>다른 피부착자</translation>
        </message>
        <message>
            <source>{step}: recorded</source>
            <translation>{step}: 결과 입력</translation>
        </message>
        <message>
            <source>notice</source>
            <translation>통보</translation>
        </message>
        <message>
            <source>Message sent out</source>
            <translation>알림 발송</translation>
        </message>
        <message>
            <source>put aside</source>
            <translation>보류</translation>
        </message>
        <message>
            <source>put aside {left}</source>
            <translation>보류 {left}</translation>
        </message>
        <message>
            <source>own-data pack</source>
            <translation>본인 열람 자료</translation>
        </message>
        <message>
            <source>no prior approval</source>
            <translation>사전 승인 없음</translation>
        </message>
        <message>
            <source>ended, unseen</source>
            <translation>해소 · 미확인</translation>
        </message>
        <message>
            <source>The bridge is not heard: telephone 112 and the next desk{number}. Alarms still escalate there; this desk reconnects by itself.</source>
            <translation>관제 서버 응답 없음: 112와 옆 관제석{number}에 전화하십시오. 경보의 상향 보고는 계속되며, 이 관제석은 자동으로 다시 연결합니다.</translation>
        </message>
        <message>
            <source>Telephone 112</source>
            <translation>112에 전화</translation>
        </message>
        <message>
            <source>red</source>
            <translation>적색</translation>
        </message>
        <message>
            <source>amber</source>
            <translation>주의</translation>
        </message>
        <message>
            <source>Electronic Monitoring Act art. 31-6(4), Electronic Monitoring Decree art. 23-14(2)</source>
            <translation>전자장치부착법 제31조의6제4항, 전자장치부착법 시행령 제23조의14제2항</translation>
        </message>
        <message>
            <source>Electronic Monitoring Decree art. 23-14(3)</source>
            <translation>전자장치부착법 시행령 제23조의14제3항</translation>
        </message>
        <message>
            <source>Electronic Monitoring Decree art. 23-12(3)</source>
            <translation>전자장치부착법 시행령 제23조의12제3항</translation>
        </message>
        <message>
            <source>device {which}</source>
            <translation>기기 {which}</translation>
        </message>
        <message>
            <source>gateway {which}</source>
            <translation>게이트웨이 {which}</translation>
        </message>
        <message>
            <source>gateways at once</source>
            <translation>게이트웨이 동시 두절</translation>
        </message>
    </context>
    <context>
        <name>refusals</name>
        <message>
            <source>There is no such user; an administrator can add one.</source>
            <translation>없는 사용자입니다. 관리자에게 등록을 요청하십시오.</translation>
        </message>
        <message>
            <source>The session is over; log in again.</source>
            <translation>접속이 끝났습니다. 다시 로그인하십시오.</translation>
        </message>
        <message>
            <source>Your role does not allow this; request access, or ask somebody whose role does.</source>
            <translation>권한이 없습니다. 열람을 신청하거나 권한이 있는 사람에게 요청하십시오.</translation>
        </message>
        <message>
            <source>This alarm is no longer open.</source>
            <translation>이미 종결된 경보입니다.</translation>
        </message>
        <message>
            <source>Somebody else acknowledged this alarm first and owns it; take it over with T if you must.</source>
            <translation>다른 사람이 먼저 확인하여 담당하고 있습니다. 필요하면 T로 인수하십시오.</translation>
        </message>
        <message>
            <source>An SOS, a tampered strap or a red alarm cannot be put aside; acknowledge and work it.</source>
            <translation>SOS, 스트랩 훼손, 적색 경보는 보류할 수 없습니다. 확인하고 조치하십시오.</translation>
        </message>
        <message>
            <source>This alarm is not put aside.</source>
            <translation>보류 중인 경보가 아닙니다.</translation>
        </message>
        <message>
            <source>An alarm can be put aside for 1 to 480 minutes.</source>
            <translation>경보 보류는 1~480분까지 가능합니다.</translation>
        </message>
        <message>
            <source>Acknowledge the alarm before closing it.</source>
            <translation>종결하기 전에 먼저 확인하십시오.</translation>
        </message>
        <message>
            <source>The condition still holds; close the alarm once it is over, or as technical or test.</source>
            <translation>상황이 계속되고 있습니다. 해소된 뒤, 또는 기술적 원인이나 시험으로 종결하십시오.</translation>
        </message>
        <message>
            <source>Closing this needs a note that says what was found.</source>
            <translation>확인된 사실을 메모로 적어야 종결됩니다.</translation>
        </message>
        <message>
            <source>This outcome does not belong to the step; choose one of its list.</source>
            <translation>이 조치에 없는 결과입니다. 목록에서 고르십시오.</translation>
        </message>
        <message>
            <source>You own this already.</source>
            <translation>이미 담당하고 있습니다.</translation>
        </message>
        <message>
            <source>This person is not on duty or may not work alarms; hand over to somebody who is.</source>
            <translation>근무 중이 아니거나 경보 권한이 없습니다. 다른 근무자에게 인계하십시오.</translation>
        </message>
        <message>
            <source>There is no such incident any more.</source>
            <translation>이미 없는 대응입니다.</translation>
        </message>
        <message>
            <source>The incident is closed; a new alarm opens a new one.</source>
            <translation>종결된 대응입니다. 새 경보가 새 대응을 엽니다.</translation>
        </message>
        <message>
            <source>Steps are still open; record how they ended, then close.</source>
            <translation>남은 조치가 있습니다. 결과를 기록한 뒤 종결하십시오.</translation>
        </message>
        <message>
            <source>The incident has no such step.</source>
            <translation>이 대응에 없는 조치입니다.</translation>
        </message>
        <message>
            <source>This step has ended already.</source>
            <translation>이미 끝난 조치입니다.</translation>
        </message>
        <message>
            <source>There is no such unit any more; choose another.</source>
            <translation>없는 차량입니다. 다른 차량을 선택하십시오.</translation>
        </message>
        <message>
            <source>This unit is on its way already; recall it first to send it elsewhere.</source>
            <translation>이미 출동 중인 차량입니다. 먼저 출동을 취소하십시오.</translation>
        </message>
        <message>
            <source>This unit was not sent here, or is done.</source>
            <translation>출동하지 않았거나 임무를 마친 차량입니다.</translation>
        </message>
        <message>
            <source>There is no such case.</source>
            <translation>없는 사건입니다.</translation>
        </message>
        <message>
            <source>This person does not belong to the case.</source>
            <translation>이 사건의 관계인이 아닙니다.</translation>
        </message>
        <message>
            <source>This person carries no device.</source>
            <translation>장치를 지니지 않은 사람입니다.</translation>
        </message>
        <message>
            <source>This device was never heard, so it cannot be asked.</source>
            <translation>수신 이력이 없는 장치라 요청할 수 없습니다.</translation>
        </message>
        <message>
            <source>There is no such request.</source>
            <translation>없는 신청입니다.</translation>
        </message>
        <message>
            <source>The request is decided or lapsed; make a new one.</source>
            <translation>이미 결정되었거나 소멸한 신청입니다. 새로 신청하십시오.</translation>
        </message>
        <message>
            <source>Nobody decides their own request; another person must.</source>
            <translation>본인 신청은 결정할 수 없습니다. 다른 사람이 결정해야 합니다.</translation>
        </message>
        <message>
            <source>You approved this already; a second person must.</source>
            <translation>이미 승인하셨습니다. 다른 한 사람의 승인이 필요합니다.</translation>
        </message>
        <message>
            <source>The period must end after it starts.</source>
            <translation>끝 시각이 시작 시각보다 늦어야 합니다.</translation>
        </message>
        <message>
            <source>Access can run for 1 to 480 minutes.</source>
            <translation>열람 시간은 1~480분입니다.</translation>
        </message>
        <message>
            <source>Choose at least one thing to see.</source>
            <translation>열람 항목을 하나 이상 고르십시오.</translation>
        </message>
        <message>
            <source>Routine monitoring needs no request; choose the purpose that the law names for this look.</source>
            <translation>상시 관제는 신청이 필요 없습니다. 법이 정한 목적을 고르십시오.</translation>
        </message>
        <message>
            <source>A narrowed grant must lie within what was asked for.</source>
            <translation>축소 승인은 신청 범위 안이어야 합니다.</translation>
        </message>
        <message>
            <source>There is no such access any more.</source>
            <translation>없는 열람입니다.</translation>
        </message>
        <message>
            <source>This access is over already.</source>
            <translation>이미 끝난 열람입니다.</translation>
        </message>
        <message>
            <source>Nobody reviews their own use of break-glass; another person must.</source>
            <translation>본인의 긴급 열람은 심사할 수 없습니다.</translation>
        </message>
        <message>
            <source>This access was granted and needs no review.</source>
            <translation>승인된 열람이라 심사가 필요 없습니다.</translation>
        </message>
        <message>
            <source>This purpose needs the legal paper, and on whose behalf it is asked.</source>
            <translation>이 목적에는 근거 문서와 요청 기관이 필요합니다.</translation>
        </message>
        <message>
            <source>The order protects several people; name the one whom this is about.</source>
            <translation>보호대상자가 여러 명입니다. 누구에 관한 것인지 선택하십시오.</translation>
        </message>
        <message>
            <source>Write at least a word.</source>
            <translation>내용을 적어 주십시오.</translation>
        </message>
        <message>
            <source>Texts have at most 4,000 characters.</source>
            <translation>최대 4,000자까지 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>The test alarm of this seat is still open; acknowledge and close it.</source>
            <translation>이 관제석의 시험 경보가 남아 있습니다. 확인하고 종결하십시오.</translation>
        </message>
        <message>
            <source>The bridge did not confirm this. Once the picture is live, look whether it was done before you try again.</source>
            <translation>관제 서버의 확인을 받지 못했습니다. 실시간 화면으로 돌아오면 처리되었는지 확인한 뒤 다시 하십시오.</translation>
        </message>
        <message>
            <source>Name or password is wrong.</source>
            <translation>이름 또는 비밀번호가 다릅니다.</translation>
        </message>
        <message>
            <source>The session has expired; log in again.</source>
            <translation>접속 시간이 만료되었습니다. 다시 로그인하십시오.</translation>
        </message>
        <message>
            <source>The session was ended by an administrator.</source>
            <translation>관리자가 접속을 종료했습니다.</translation>
        </message>
        <message>
            <source>This account is disabled; ask an administrator.</source>
            <translation>사용 중지된 계정입니다. 관리자에게 문의하십시오.</translation>
        </message>
        <message>
            <source>This desk is no longer enrolled; ask an administrator.</source>
            <translation>등록이 취소된 관제석입니다. 관리자에게 문의하십시오.</translation>
        </message>
        <message>
            <source>The session was continued at another desk.</source>
            <translation>다른 관제석에서 접속을 이어갔습니다.</translation>
        </message>
        <message>
            <source>The bridge is stopping.</source>
            <translation>관제 서버가 종료되고 있습니다.</translation>
        </message>
        <message>
            <source>The bridge refused this ({code}).</source>
            <translation>관제 서버가 처리를 거부했습니다 ({code}).</translation>
        </message>
        <message>
            <source>This desk shows a recording, in which nothing can be done; go back to the live room first.</source>
            <translation>이 관제석은 기록 파일을 재생 중이어서 조치할 수 없습니다. 먼저 실시간 관제로 돌아가십시오.</translation>
        </message>
        <message>
            <source>A recording is stepped by position or by alarm.</source>
            <translation>기록 파일은 위치 또는 경보 단위로 이동합니다.</translation>
        </message>
        <message>
            <source>This desk shows no recording; open one first.</source>
            <translation>열린 기록 파일이 없습니다. 먼저 기록 파일을 여십시오.</translation>
        </message>
        <message>
            <source>No scenario is played now; a trainer starts one.</source>
            <translation>진행 중인 시나리오가 없습니다. 교관이 시작합니다.</translation>
        </message>
        <message>
            <source>A scenario is played already; end it before another one starts.</source>
            <translation>이미 시나리오가 진행 중입니다. 종료한 뒤 시작하십시오.</translation>
        </message>
        <message>
            <source>The clock of an exercise runs 0.1 to 60 times as fast.</source>
            <translation>훈련 배속은 0.1배에서 60배까지입니다.</translation>
        </message>
        <message>
            <source>A destruction of this case is under way already.</source>
            <translation>이 사건의 파기가 이미 진행 중입니다.</translation>
        </message>
        <message>
            <source>A legal hold keeps this case from being destroyed; whoever placed it may lift it.</source>
            <translation>파기 보류 중인 사건입니다. 보류를 설정한 사람이 해제할 수 있습니다.</translation>
        </message>
        <message>
            <source>An export is made as CSV, GPX or GeoJSON.</source>
            <translation>반출 형식은 CSV, GPX, GeoJSON입니다.</translation>
        </message>
        <message>
            <source>Choose a password of your own first.</source>
            <translation>먼저 새 비밀번호를 정하십시오.</translation>
        </message>
        <message>
            <source>Desk and bridge are of different versions; install the desk that belongs to the bridge.</source>
            <translation>관제석과 관제 서버의 버전이 다릅니다. 관제 서버에 맞는 관제석 프로그램을 설치하십시오.</translation>
        </message>
        <message>
            <source>Desk and bridge have lost step; everything is sent anew.</source>
            <translation>관제석과 관제 서버의 동기화가 어긋나 모두 다시 받습니다.</translation>
        </message>
        <message>
            <source>No app is paired in this case yet; its rule begins with the first one.</source>
            <translation>이 사건에 연결된 앱이 없습니다. 첫 앱이 연결되면 공개 기준이 시작됩니다.</translation>
        </message>
        <message>
            <source>No export of this number is still out.</source>
            <translation>이 번호의 반출 파일은 없거나 이미 파기되었습니다.</translation>
        </message>
        <message>
            <source>No legal hold lies on this case.</source>
            <translation>이 사건에는 파기 보류가 없습니다.</translation>
        </message>
        <message>
            <source>One of the values is out of range; nothing was sent.</source>
            <translation>범위를 벗어난 값이 있어 보내지 않았습니다.</translation>
        </message>
        <message>
            <source>Say who receives the export.</source>
            <translation>수령자를 입력하십시오.</translation>
        </message>
        <message>
            <source>Say why: the reason stands in the log.</source>
            <translation>사유를 적으십시오. 기록에 남습니다.</translation>
        </message>
        <message>
            <source>Somebody is logged in at this desk already; log out first.</source>
            <translation>이 관제석에 이미 로그인한 사람이 있습니다. 먼저 로그아웃하십시오.</translation>
        </message>
        <message>
            <source>The bridge did not understand this desk; install the desk that belongs to it.</source>
            <translation>관제 서버가 이 관제석의 요청을 해석하지 못했습니다. 관제 서버에 맞는 관제석 프로그램을 설치하십시오.</translation>
        </message>
        <message>
            <source>The bridge had not heard this desk; log in again.</source>
            <translation>관제 서버가 이 관제석의 신호를 받지 못했습니다. 다시 로그인하십시오.</translation>
        </message>
        <message>
            <source>The case cannot be destroyed while its order holds or an alarm or incident of it is open.</source>
            <translation>결정이 유효하거나 경보·대응이 열려 있는 동안에는 사건을 파기할 수 없습니다.</translation>
        </message>
        <message>
            <source>The desk is locked; unlock it with your password.</source>
            <translation>관제석이 잠겨 있습니다. 비밀번호로 잠금을 해제하십시오.</translation>
        </message>
        <message>
            <source>There is no such destruction.</source>
            <translation>해당 파기 건이 없습니다.</translation>
        </message>
        <message>
            <source>This is decided by approving, narrowing, denying or revoking.</source>
            <translation>승인, 축소, 거부 또는 철회로 결정하십시오.</translation>
        </message>
        <message>
            <source>This password is too weak; choose ten characters or more that nobody guesses.</source>
            <translation>비밀번호가 너무 약합니다. 추측하기 어려운 10자 이상으로 정하십시오.</translation>
        </message>
        <message>
            <source>Too fast one after another; try again in a few seconds.</source>
            <translation>요청이 너무 잦습니다. 몇 초 뒤에 다시 시도하십시오.</translation>
        </message>
        <message>
            <source>Too many wrong passwords; wait a quarter of an hour, or ask an administrator.</source>
            <translation>비밀번호를 여러 번 틀렸습니다. 15분 뒤에 다시 시도하거나 관리자에게 문의하십시오.</translation>
        </message>
        <message>
            <source>Wait for the answers to what was asked, then try again.</source>
            <translation>앞선 요청의 답을 기다린 뒤 다시 시도하십시오.</translation>
        </message>
        <message>
            <source>The bridge could not read this; try again, and tell the administrator when it stays so.</source>
            <translation>관제 서버가 읽지 못했습니다. 다시 시도하고, 계속되면 관리자에게 알리십시오.</translation>
        </message>
        <message>
            <source>The comparison was stopped before it was done; compare again when you want it.</source>
            <translation>비교를 끝까지 하지 않고 중지했습니다. 필요하면 다시 비교하십시오.</translation>
        </message>
        <message>
            <source>Old positions are being deleted still; decide again once that is done, in a few minutes.</source>
            <translation>기간 지난 위치를 아직 삭제하는 중입니다. 몇 분 뒤 끝나면 다시 결정하십시오.</translation>
        </message>
        <message>
            <source>No end of this order waits for a decision.</source>
            <translation>승인을 기다리는 종료 입력이 없습니다.</translation>
        </message>
        <message>
            <source>Another end or ground was entered meanwhile; compare it with the court's record, then decide.</source>
            <translation>그사이 종료 시각이나 사유가 바뀌었습니다. 법원 기록과 대조한 뒤 결정하십시오.</translation>
        </message>
        <message>
            <source>This copy was not begun by you; print it anew.</source>
            <translation>본인이 시작한 출력이 아닙니다. 다시 출력하십시오.</translation>
        </message>
        <message>
            <source>There are silent cases that nobody has acknowledged; acknowledge or shelve them, then hand over.</source>
            <translation>확인하지 않은 무신호 사건이 있습니다. 확인하거나 보류한 뒤 인계하십시오.</translation>
        </message>
        <message>
            <source>This person has withdrawn consent already, and is not tracked.</source>
            <translation>이미 동의를 철회하여 추적하지 않는 사람입니다.</translation>
        </message>
        <message>
            <source>This alarm has turned red or come back since you looked; look at it, then acknowledge it.</source>
            <translation>확인하려는 사이 경보가 적색으로 바뀌었거나 다시 발생했습니다. 내용을 보고 다시 확인하십시오.</translation>
        </message>
        <message>
            <source>What is left of these alarms calls for an acknowledgement of its own; acknowledge each by itself.</source>
            <translation>남은 경보는 각각 따로 확인해야 합니다. 하나씩 확인하십시오.</translation>
        </message>
    </context>
    <context>
        <name>LedgerPanel</name>
        <message>
            <source>Access review</source>
            <translation>열람 점검</translation>
        </message>
        <message>
            <source>At whom</source>
            <translation>대상자</translation>
        </message>
        <message>
            <source>Choose a period and press Read.</source>
            <translation>기간을 정하고 ‘조회’를 누르십시오.</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>시작(KST)</translation>
        </message>
        <message>
            <source>No use for the purposes 1, 3, 4 and 5 in this period.</source>
            <translation>이 기간에는 목적 1·3·4·5에 따른 이용이 없습니다.</translation>
        </message>
        <message>
            <source>Nobody looked at anybody in this period.</source>
            <translation>이 기간에는 열람이 없습니다.</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>조회</translation>
        </message>
        <message>
            <source>Reading is a look like any other: it is in the log before the answer comes.</source>
            <translation>조회도 열람입니다. 답이 오기 전에 기록에 남습니다.</translation>
        </message>
        <message>
            <source>Reading the log…</source>
            <translation>기록을 조회하는 중…</translation>
        </message>
        <message>
            <source>Say who looked, and at whom.</source>
            <translation>열람자와 대상자를 입력하십시오.</translation>
        </message>
        <message>
            <source>This user was shown nothing of this person in this period.</source>
            <translation>이 기간에 이 사용자에게 이 사람의 정보가 표시된 적이 없습니다.</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>끝(KST)</translation>
        </message>
        <message>
            <source>Usage ledger</source>
            <translation>위치정보 이용대장</translation>
        </message>
        <message>
            <source>Who looked</source>
            <translation>열람자</translation>
        </message>
        <message>
            <source>Who saw whom</source>
            <translation>사용자별 열람 내역</translation>
        </message>
        <message>
            <source>{n} entries · {start} – {end} · read at {clock}</source>
            <translation>{n}건 · {start} – {end} · {clock} 조회</translation>
        </message>
        <message>
            <source>Investigative register</source>
            <translation>수사 제공대장</translation>
        </message>
        <message>
            <source>Nobody asked for access in this period.</source>
            <translation>이 기간에는 열람 신청이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing is held of this person, and nothing was used in this period.</source>
            <translation>이 사람에 대해 보유한 자료도, 이 기간의 이용도 없습니다.</translation>
        </message>
        <message>
            <source>Say of whom.</source>
            <translation>대상자를 입력하십시오.</translation>
        </message>
        <message>
            <source>Own-data pack</source>
            <translation>본인 열람 자료</translation>
        </message>
        <message>
            <source>Save PDF…</source>
            <translation>PDF 저장…</translation>
        </message>
        <message>
            <source>Save CSV…</source>
            <translation>CSV 저장…</translation>
        </message>
        <message>
            <source>Enter or a double-click on a row: what this user saw.</source>
            <translation>행에서 Enter를 누르거나 두 번 누르면 그 사용자의 열람 내역이 나옵니다.</translation>
        </message>
    </context>
    <context>
        <name>Papers</name>
        <message>
            <source>It was not saved: {why}</source>
            <translation>저장하지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>Saved, and its SHA-256 is in the log: {digest}</source>
            <translation>저장했고 SHA-256을 기록에 남겼습니다: {digest}</translation>
        </message>
        <message>
            <source>Saved, but the bridge did not enter it in the log. SHA-256: {digest}</source>
            <translation>저장했지만 관제 서버가 기록에 남기지 못했습니다. SHA-256: {digest}</translation>
        </message>
        <message>
            <source>Nothing was printed, because the bridge did not enter it: {why}</source>
            <translation>관제 서버가 기록하지 못해 출력하지 않았습니다: {why}</translation>
        </message>
    </context>
    <context>
        <name>PrintedSheet</name>
        <message>
            <source>Printed at</source>
            <translation>출력 일시</translation>
        </message>
        <message>
            <source>Printed by</source>
            <translation>출력자</translation>
        </message>
        <message>
            <source>copy {n}</source>
            <translation>사본 {n}호</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>이용 목적</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>사본 번호</translation>
        </message>
    </context>
    <context>
        <name>AppPanel</name>
        <message>
            <source>As the app shows it while it hears the bridge; without connection it says so.</source>
            <translation>앱이 연결되어 있을 때의 화면입니다. 연결이 끊기면 앱에 그 사실이 표시됩니다.</translation>
        </message>
        <message>
            <source>Let the app of {person} show the wearer by this rule</source>
            <translation>{person}의 앱에 이 기준대로 피부착자를 표시</translation>
        </message>
        <message>
            <source>No app is paired: nobody is shown anything.</source>
            <translation>연결된 앱이 없어 아무것도 표시되지 않습니다.</translation>
        </message>
        <message>
            <source>No rule yet: it begins with the first app that is paired in this case.</source>
            <translation>아직 공개 기준이 없습니다. 이 사건에서 첫 앱이 연결되면 시작됩니다.</translation>
        </message>
        <message>
            <source>Protected person</source>
            <translation>보호대상자</translation>
        </message>
        <message>
            <source>Show nothing more in the app of {person}; it stops within a second</source>
            <translation>{person}의 앱 표시 중단(1초 이내)</translation>
        </message>
        <message>
            <source>The app draws a circle on its map; where it is, your role does not show you now.</source>
            <translation>앱 지도에는 원이 표시되지만, 그 위치는 지금 귀하의 권한으로 볼 수 없습니다.</translation>
        </message>
        <message>
            <source>The protected person's app</source>
            <translation>보호대상자 앱</translation>
        </message>
        <message>
            <source>Why? The reason is kept with the rule and in the log.</source>
            <translation>사유를 적으십시오. 기준과 기록에 남습니다.</translation>
        </message>
        <message>
            <source>{n} paired</source>
            <translation>앱 {n}대 연결됨</translation>
        </message>
        <message>
            <source>{n} to decide ›</source>
            <translation>결정 대기 {n}건 ›</translation>
        </message>
        <message>
            <source>Approve this rule…</source>
            <translation>이 규칙 승인…</translation>
        </message>
        <message>
            <source>Revoke this rule…</source>
            <translation>이 규칙 철회…</translation>
        </message>
        <message>
            <source>Preview of the phone: nothing in it can be pressed here</source>
            <translation>휴대전화 화면 미리보기입니다. 여기서는 누를 수 없습니다</translation>
        </message>
    </context>
    <context>
        <name>AppScreen</name>
        <message>
            <source>What the app shows: {words}</source>
            <translation>앱 화면: {words}</translation>
        </message>
    </context>
    <context>
        <name>app</name>
        <message>
            <source>Boundaries: Statistics Korea (KOGL type 1)</source>
            <translation>행정 경계: 통계청 (공공누리 제1유형)</translation>
        </message>
        <message>
            <source>Call for help (hold for 1 s)</source>
            <translation>긴급 신고 (1초간 누르기)</translation>
        </message>
        <message>
            <source>Nobody is near</source>
            <translation>가까이에 아무도 없습니다</translation>
        </message>
        <message>
            <source>Nobody was found within the distance that was set.</source>
            <translation>기준 거리 안에서 확인된 사람이 없습니다.</translation>
        </message>
        <message>
            <source>Not paired</source>
            <translation>연결되지 않았습니다</translation>
        </message>
        <message>
            <source>Scan the QR code that you were given with this phone.</source>
            <translation>담당자에게 받은 QR 코드를 이 전화기로 찍으십시오.</translation>
        </message>
        <message>
            <source>The position is old</source>
            <translation>위치가 오래되었습니다</translation>
        </message>
        <message>
            <source>This app does not always know where somebody is. If you feel in danger, call 112 at once.</source>
            <translation>이 앱은 위치를 알 수 없을 때도 있습니다. 위험하다고 느끼면 바로 112에 신고하십시오.</translation>
        </message>
        <message>
            <source>about {m} away</source>
            <translation>거리 약 {m}</translation>
        </message>
        <message>
            <source>coming nearer</source>
            <translation>다가오는 중</translation>
        </message>
        <message>
            <source>movement unknown</source>
            <translation>움직임 알 수 없음</translation>
        </message>
        <message>
            <source>moving away</source>
            <translation>멀어지는 중</translation>
        </message>
        <message>
            <source>position measured {s} ago</source>
            <translation>{s} 전 측정된 위치</translation>
        </message>
        <message>
            <source>to the east</source>
            <translation>동쪽</translation>
        </message>
        <message>
            <source>to the north</source>
            <translation>북쪽</translation>
        </message>
        <message>
            <source>to the north-east</source>
            <translation>북동쪽</translation>
        </message>
        <message>
            <source>to the north-west</source>
            <translation>북서쪽</translation>
        </message>
        <message>
            <source>to the south</source>
            <translation>남쪽</translation>
        </message>
        <message>
            <source>to the south-east</source>
            <translation>남동쪽</translation>
        </message>
        <message>
            <source>to the south-west</source>
            <translation>남서쪽</translation>
        </message>
        <message>
            <source>to the west</source>
            <translation>서쪽</translation>
        </message>
        <message>
            <source>within {m}</source>
            <translation>{m} 이내</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n}시간</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n}분</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n}초</translation>
        </message>
        <message>
            <source>Bongsu Protect</source>
            <translation>봉수 보호</translation>
        </message>
        <message>
            <source>distance unchanged</source>
            <translation>거리 변화 없음</translation>
        </message>
        <message>
            <source>The person under the order is near</source>
            <translation>접근 금지 대상자가 가까이 있습니다</translation>
        </message>
    </context>
    <context>
        <name>CaseQuestion</name>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
    </context>
    <context>
        <name>CertificateView</name>
        <message>
            <source>Certificate of destruction</source>
            <translation>파기 증명서</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Print as PDF…</source>
            <translation>PDF로 출력…</translation>
        </message>
        <message>
            <source>Save the signed certificate…</source>
            <translation>서명된 증명서 저장…</translation>
        </message>
    </context>
    <context>
        <name>DestructionQuestion</name>
        <message>
            <source>Ask for destruction</source>
            <translation>파기 요청</translation>
        </message>
        <message>
            <source>Everything person-linked of the case becomes unreadable for good. Another person decides.</source>
            <translation>사건의 모든 개인정보를 영구히 읽을 수 없게 합니다. 다른 사람이 결정합니다.</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>사유 구분</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
    </context>
    <context>
        <name>HoldQuestion</name>
        <message>
            <source>Place a legal hold</source>
            <translation>파기 보류 설정</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>The case is not destroyed before the end of the hold. You answer for it.</source>
            <translation>보류가 끝날 때까지 사건을 파기하지 않습니다. 설정한 사람이 책임집니다.</translation>
        </message>
        <message>
            <source>Until (KST)</source>
            <translation>기한(KST)</translation>
        </message>
    </context>
    <context>
        <name>UpkeepPanel</name>
        <message>
            <source>A legal hold until {day} keeps it from being destroyed.</source>
            <translation>{day}까지 파기 보류 중이라 파기할 수 없습니다.</translation>
        </message>
        <message>
            <source>Ask for destruction…</source>
            <translation>파기 요청…</translation>
        </message>
        <message>
            <source>Asked for by</source>
            <translation>요청자</translation>
        </message>
        <message>
            <source>Choose a line to see what would be destroyed, and why.</source>
            <translation>항목을 고르면 파기 대상과 사유가 표시됩니다.</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>결정</translation>
        </message>
        <message>
            <source>Destroy for good…</source>
            <translation>영구 파기…</translation>
        </message>
        <message>
            <source>Destroy {case} for good: positions, recordings, exports and copies. It cannot be undone.</source>
            <translation>{case} 영구 파기: 위치, 기록 파일, 반출 파일과 사본을 모두 지웁니다. 되돌릴 수 없습니다.</translation>
        </message>
        <message>
            <source>Destroyed</source>
            <translation>파기 일시</translation>
        </message>
        <message>
            <source>Destruction</source>
            <translation>파기</translation>
        </message>
        <message>
            <source>Dry run</source>
            <translation>모의 파기</translation>
        </message>
        <message>
            <source>Dry run: this would become unreadable</source>
            <translation>모의 파기: 다음 자료를 읽을 수 없게 됩니다</translation>
        </message>
        <message>
            <source>Due since</source>
            <translation>파기 시점</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>Legal holds</source>
            <translation>파기 보류</translation>
        </message>
        <message>
            <source>Lift the hold on {case}</source>
            <translation>{case} 파기 보류 해제</translation>
        </message>
        <message>
            <source>No case is on hold.</source>
            <translation>파기 보류 중인 사건이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing is due for destruction.</source>
            <translation>파기할 것이 없습니다.</translation>
        </message>
        <message>
            <source>Place a hold…</source>
            <translation>보류 설정…</translation>
        </message>
        <message>
            <source>Provision</source>
            <translation>근거 조문</translation>
        </message>
        <message>
            <source>Refuse the destruction of {case}</source>
            <translation>{case} 파기 거부</translation>
        </message>
        <message>
            <source>Refuse…</source>
            <translation>거부…</translation>
        </message>
        <message>
            <source>SHA-256 of the certificate</source>
            <translation>증명서 SHA-256</translation>
        </message>
        <message>
            <source>State of the log</source>
            <translation>기록 상태</translation>
        </message>
        <message>
            <source>There is no certificate yet.</source>
            <translation>아직 증명서가 없습니다.</translation>
        </message>
        <message>
            <source>What</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>Why? The reason stands on the certificate and in the log.</source>
            <translation>사유를 적으십시오. 증명서와 기록에 남습니다.</translation>
        </message>
        <message>
            <source>Why? What is due may then be destroyed.</source>
            <translation>사유를 적으십시오. 해제되면 파기할 수 있습니다.</translation>
        </message>
        <message>
            <source>Your own request: another person decides it.</source>
            <translation>본인 요청: 다른 사람이 결정합니다.</translation>
        </message>
        <message>
            <source>copy outside</source>
            <translation>외부 사본</translation>
        </message>
        <message>
            <source>due by law</source>
            <translation>법정 파기</translation>
        </message>
        <message>
            <source>never</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>signed checkpoint</source>
            <translation>서명 기록점</translation>
        </message>
        <message>
            <source>what was delivered under {grant}</source>
            <translation>{grant}에 따라 제공된 자료</translation>
        </message>
        <message>
            <source>whole case</source>
            <translation>사건 전체</translation>
        </message>
        <message>
            <source>Old positions…</source>
            <translation>기간 지난 위치…</translation>
        </message>
        <message>
            <source>{held} of {cases} cases kept whole</source>
            <translation>사건 {cases}건 중 {held}건은 전부 보존</translation>
        </message>
        <message>
            <source>{fixes} positions of {devices} devices; {held}</source>
            <translation>장치 {devices}대의 위치 {fixes}건; {held}</translation>
        </message>
        <message>
            <source>positions of {devices} devices; {held}</source>
            <translation>장치 {devices}대의 위치; {held}</translation>
        </message>
        <message>
            <source>Delete the old positions of {case} for good. It cannot be undone.</source>
            <translation>{case}의 기간 지난 위치를 영구 삭제합니다. 되돌릴 수 없습니다.</translation>
        </message>
        <message>
            <source>Dry run: these positions would be deleted</source>
            <translation>모의 파기: 다음 위치가 삭제됩니다</translation>
        </message>
        <message>
            <source>integrity of the log verified</source>
            <translation>기록 무결성 검증</translation>
        </message>
        <message>
            <source>Lift the hold…</source>
            <translation>보류 해제…</translation>
        </message>
        <message>
            <source>Show certificate…</source>
            <translation>증명서 보기…</translation>
        </message>
        <message>
            <source>due every {span}</source>
            <translation>{span}마다 필요</translation>
        </message>
    </context>
    <context>
        <name>DebriefTimeline</name>
        <message>
            <source>Time line of the exercise</source>
            <translation>훈련 시간선</translation>
        </message>
        <message>
            <source>● done   ◇ expert   ▬ limit   ▼ trainer, call</source>
            <translation>● 조치   ◇ 숙련자   ▬ 제한 시간   ▼ 교관·전화</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>경보</translation>
        </message>
        <message>
            <source>Trainer, calls</source>
            <translation>교관·전화</translation>
        </message>
    </context>
    <context>
        <name>DebriefWindow</name>
        <message>
            <source>112 told within 60 s</source>
            <translation>60초 이내 112 통보</translation>
        </message>
        <message>
            <source>A click on the time line, or Enter on a row, lives that moment again.</source>
            <translation>시간선을 누르거나 목록에서 Enter를 누르면 그 시점을 다시 재생합니다.</translation>
        </message>
        <message>
            <source>Acknowledged within 30 s</source>
            <translation>30초 이내 확인</translation>
        </message>
        <message>
            <source>By</source>
            <translation>조치자</translation>
        </message>
        <message>
            <source>Called for</source>
            <translation>필요 시점</translation>
        </message>
        <message>
            <source>Debrief</source>
            <translation>훈련 강평</translation>
        </message>
        <message>
            <source>Debrief of an exercise: nobody in it exists</source>
            <translation>훈련 강평: 등장인물은 모두 가상입니다</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>조치 시각</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>필요 조치</translation>
        </message>
        <message>
            <source>Expected acts</source>
            <translation>필요 조치</translation>
        </message>
        <message>
            <source>Expert</source>
            <translation>숙련자</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>제한</translation>
        </message>
        <message>
            <source>Moments</source>
            <translation>주요 시점</translation>
        </message>
        <message>
            <source>Nothing has happened yet.</source>
            <translation>아직 기록된 시점이 없습니다.</translation>
        </message>
        <message>
            <source>Played</source>
            <translation>진행 시간</translation>
        </message>
        <message>
            <source>Save as PDF</source>
            <translation>PDF로 저장</translation>
        </message>
        <message>
            <source>Scenario</source>
            <translation>시나리오</translation>
        </message>
        <message>
            <source>This scenario expects no act.</source>
            <translation>이 시나리오에는 평가할 조치가 없습니다.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>To be learnt</source>
            <translation>학습 요점</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>소요</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>평가</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>Acts as expected</source>
            <translation>필요 조치 이행</translation>
        </message>
        <message>
            <source>{n} of {m}</source>
            <translation>{m}건 중 {n}건</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
    </context>
    <context>
        <name>TrainingPanel</name>
        <message>
            <source>Call</source>
            <translation>전화</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>전화</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Debrief</source>
            <translation>강평</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>No scenario has been started yet.</source>
            <translation>시작된 시나리오가 없습니다.</translation>
        </message>
        <message>
            <source>Over since {time}. The debrief is ready.</source>
            <translation>{time} 종료. 강평을 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>시나리오</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>배속</translation>
        </message>
        <message>
            <source>Start the scenario</source>
            <translation>시나리오 시작</translation>
        </message>
        <message>
            <source>The library of scenarios could not be read.</source>
            <translation>시나리오 목록을 읽지 못했습니다.</translation>
        </message>
        <message>
            <source>The trainer starts the scenario; its briefing stands here then.</source>
            <translation>교관이 시나리오를 시작하면 상황 설명이 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>What does the caller say?</source>
            <translation>전화한 사람의 말</translation>
        </message>
        <message>
            <source>Write scenarios…</source>
            <translation>시나리오 작성…</translation>
        </message>
        <message>
            <source>End scenario</source>
            <translation>시나리오 종료</translation>
        </message>
        <message>
            <source>Inject</source>
            <translation>상황 부여</translation>
        </message>
        <message>
            <source>Start a scenario first.</source>
            <translation>시나리오를 시작하면 사용할 수 있습니다.</translation>
        </message>
        <message>
            <source>Nothing can be injected into a recording.</source>
            <translation>기록 재생 중에는 상황을 부여할 수 없습니다.</translation>
        </message>
        <message>
            <source>{passed} of {whole}</source>
            <translation>{passed} / {whole}</translation>
        </message>
    </context>
    <context>
        <name>TrainingView</name>
        <message>
            <source>Open a recording first: what is compared is what it holds.</source>
            <translation>먼저 기록 파일을 여십시오. 비교는 열린 기록 파일을 대상으로 합니다.</translation>
        </message>
        <message>
            <source>There is nothing to show of it.</source>
            <translation>표시할 내용이 없습니다.</translation>
        </message>
        <message>
            <source>Scenarios are written by a trainer, in a room for exercises.</source>
            <translation>시나리오는 훈련실에서 교관만 작성할 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>WhatIfWindow</name>
        <message>
            <source>As it was, and what if</source>
            <translation>당시 판정과 가정 비교</translation>
        </message>
        <message>
            <source>Change a ring, a zone or the threshold, then compare: both runs are shown side by side.</source>
            <translation>거리·구역·기준을 바꾸고 비교하면 두 판정이 나란히 표시됩니다.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>비교</translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>차이</translation>
        </message>
        <message>
            <source>Nothing in force changes; only this recording is evaluated again.</source>
            <translation>시행 중인 설정은 바뀌지 않습니다. 이 기록 파일만 다시 판정합니다.</translation>
        </message>
        <message>
            <source>Red from a probability of</source>
            <translation>적색 판정 확률 하한</translation>
        </message>
        <message>
            <source>Evaluating the recording again…</source>
            <translation>기록 파일을 다시 판정하는 중…</translation>
        </message>
        <message>
            <source>The rules</source>
            <translation>판정 기준</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>가정 비교</translation>
        </message>
        <message>
            <source>Zone {name}: warn from</source>
            <translation>구역 {name}: 경고 거리</translation>
        </message>
        <message>
            <source>Zone {name}: wider by</source>
            <translation>구역 {name}: 확장</translation>
        </message>
        <message>
            <source>{earlier} earlier, {later} later, {new} new, {gone} gone, {same} the same.</source>
            <translation>빨라짐 {earlier} · 늦어짐 {later} · 새로 발생 {new} · 사라짐 {gone} · 동일 {same}</translation>
        </message>
        <message>
            <source>Progress of the evaluation</source>
            <translation>기록 재판정 진행률</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>중지</translation>
        </message>
        <message>
            <source>Evaluating the recording again: {share} %</source>
            <translation>기록 파일을 다시 판정하는 중: {share} %</translation>
        </message>
        <message>
            <source>Ring {name} · {effect}</source>
            <translation>거리 {name} · {effect}</translation>
        </message>
        <message>
            <source>in force: {value}</source>
            <translation>적용 중: {value}</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>CSV table</source>
            <translation>CSV 표</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>형식</translation>
        </message>
        <message>
            <source>From (KST)</source>
            <translation>시작(KST)</translation>
        </message>
        <message>
            <source>GPX track</source>
            <translation>GPX 궤적</translation>
        </message>
        <message>
            <source>GeoJSON for maps</source>
            <translation>GeoJSON(지도용)</translation>
        </message>
        <message>
            <source>Hand out positions</source>
            <translation>위치정보 반출</translation>
        </message>
        <message>
            <source>Make the file</source>
            <translation>파일 만들기</translation>
        </message>
        <message>
            <source>Recipient</source>
            <translation>수령자</translation>
        </message>
        <message>
            <source>The file is encrypted, and marked throughout with your name, the time, the request and the recipient. Only the period of the access is in it. It must be destroyed again; the bridge reminds you.</source>
            <translation>파일은 암호화되고, 전체에 반출자·일시·신청 번호·수령자가 표시됩니다. 승인된 기간의 자료만 담깁니다. 기한 안에 파기해야 하며, 관제 서버가 알려 줍니다.</translation>
        </message>
        <message>
            <source>To (KST)</source>
            <translation>끝(KST)</translation>
        </message>
        <message>
            <source>Under which access</source>
            <translation>근거 승인</translation>
        </message>
        <message>
            <source>until {clock}</source>
            <translation>{clock}까지</translation>
        </message>
        <message>
            <source>Cursor on Target events</source>
            <translation>Cursor on Target 이벤트</translation>
        </message>
        <message>
            <source>KML track</source>
            <translation>KML 경로</translation>
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
            <translation>반출 파일 파기 확인</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>How is that known?</source>
            <translation>확인한 방법</translation>
        </message>
        <message>
            <source>Number of the export</source>
            <translation>반출 번호</translation>
        </message>
    </context>
    <context>
        <name>ExportResult</name>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>암호문</translation>
        </message>
        <message>
            <source>Passphrase: it is told once and kept nowhere. Send it by another way than the file.</source>
            <translation>암호문은 지금 한 번만 표시되고 어디에도 저장되지 않습니다. 파일과 다른 경로로 전달하십시오.</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>위치 수</translation>
        </message>
        <message>
            <source>Recipient</source>
            <translation>수령자</translation>
        </message>
        <message>
            <source>Save the file…</source>
            <translation>파일 저장…</translation>
        </message>
        <message>
            <source>The file is ready</source>
            <translation>파일이 준비되었습니다</translation>
        </message>
        <message>
            <source>To be destroyed by</source>
            <translation>파기 기한</translation>
        </message>
    </context>
    <context>
        <name>ExportActions</name>
        <message>
            <source>Positions leave only under running access that allows export; request it first (R).</source>
            <translation>반출이 허용된 진행 중인 열람이 있어야 위치정보를 내보낼 수 있습니다. 먼저 열람을 신청하십시오(R).</translation>
        </message>
        <message>
            <source>The bridge encrypts the file…</source>
            <translation>관제 서버가 파일을 암호화하는 중…</translation>
        </message>
    </context>
    <context>
        <name>Surroundings</name>
        <message>
            <source>inside</source>
            <translation>오차 범위 안</translation>
        </message>
        <message>
            <source>outside</source>
            <translation>오차 범위 밖</translation>
        </message>
        <message>
            <source>{span} ago</source>
            <translation>{span} 전</translation>
        </message>
        <message>
            <source>this case</source>
            <translation>이 사건</translation>
        </message>
        <message>
            <source>another case</source>
            <translation>다른 사건</translation>
        </message>
    </context>
    <context>
        <name>Destinations</name>
        <message>
            <source>Where to send units</source>
            <translation>출동 장소</translation>
        </message>
        <message>
            <source>To the person · {place}</source>
            <translation>보호대상자에게 · {place}</translation>
        </message>
    </context>
    <context>
        <name>AroundSection</name>
        <message>
            <source>Where the person could be</source>
            <translation>보호대상자가 있을 수 있는 곳</translation>
        </message>
        <message>
            <source>Monitored persons near</source>
            <translation>가까이 있는 피부착자</translation>
        </message>
    </context>
    <context>
        <name>ComparingView</name>
        <message>
            <source>Choose an alarm with an incident first.</source>
            <translation>먼저 대응이 열린 경보를 고르십시오.</translation>
        </message>
        <message>
            <source>Save the incident as one picture</source>
            <translation>대응을 한 장으로 저장</translation>
        </message>
        <message>
            <source>The picture is saved.</source>
            <translation>그림을 저장했습니다.</translation>
        </message>
        <message>
            <source>The picture was not saved: {why}</source>
            <translation>그림을 저장하지 못했습니다: {why}</translation>
        </message>
    </context>
    <context>
        <name>ComparisonWindow</name>
        <message>
            <source>0 is the moment of each alarm, in seconds.</source>
            <translation>0은 각 경보의 발생 시점입니다(초).</translation>
        </message>
        <message>
            <source>Alarms to compare</source>
            <translation>비교할 경보</translation>
        </message>
        <message>
            <source>Closing  m/s</source>
            <translation>접근 속도  m/s</translation>
        </message>
        <message>
            <source>Compare incidents</source>
            <translation>대응 비교</translation>
        </message>
        <message>
            <source>Distance  m</source>
            <translation>거리  m</translation>
        </message>
        <message>
            <source>Distance and closing speed of the chosen alarms</source>
            <translation>고른 경보의 거리와 접근 속도</translation>
        </message>
        <message>
            <source>{n} drawn over each other</source>
            <translation>{n}건을 겹쳐 표시</translation>
        </message>
    </context>
    <context>
        <name>IncidentSheet</name>
        <message>
            <source>Acts</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>Distance, m</source>
            <translation>거리, m</translation>
        </message>
        <message>
            <source>Incident {name} · case {case}</source>
            <translation>대응 {name} · 사건 {case}</translation>
        </message>
        <message>
            <source>No positions may be shown.</source>
            <translation>표시할 수 있는 위치가 없습니다.</translation>
        </message>
        <message>
            <source>Speed, m/s</source>
            <translation>속도, m/s</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>위치</translation>
        </message>
        <message>
            <source>still open</source>
            <translation>진행 중</translation>
        </message>
        <message>
            <source>wearer</source>
            <translation>피부착자</translation>
        </message>
        <message>
            <source>protected person</source>
            <translation>보호대상자</translation>
        </message>
        <message>
            <source>owner {user}</source>
            <translation>담당 {user}</translation>
        </message>
    </context>
    <context>
        <name>HeldActs</name>
        <message>
            <source>Done in {n} s. Ctrl+Z takes it back.</source>
            <translation>{n}초 뒤 전송합니다. Ctrl+Z로 취소할 수 있습니다.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent: what is done is done and in the log.</source>
            <translation>전송 대기 중인 작업이 없습니다. 이미 처리된 작업은 기록에 남아 있습니다.</translation>
        </message>
        <message>
            <source>Taken back; nothing was sent.</source>
            <translation>취소했습니다. 아무것도 전송하지 않았습니다.</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>Skip the tour</source>
            <translation>건너뛰기</translation>
        </message>
        <message>
            <source>◀ Alarms</source>
            <translation>◀ 경보</translation>
        </message>
        <message>
            <source>The most urgent stands on top: red act, amber look. Space acknowledges the one you are on; it is yours then.</source>
            <translation>가장 급한 경보가 맨 위에 있습니다. 빨강은 조치, 노랑은 주의입니다. 스페이스 키로 선택한 경보를 확인하면 내 담당이 됩니다.</translation>
        </message>
        <message>
            <source>The map</source>
            <translation>지도</translation>
        </message>
        <message>
            <source>Arrow heads are wearers, rings with a shield the people they must not come near. Double-click any row to go there.</source>
            <translation>화살표는 피부착자, 방패가 있는 고리는 보호대상자입니다. 어느 목록에서든 행을 두 번 누르면 그곳으로 이동합니다.</translation>
        </message>
        <message>
            <source>The case ▶</source>
            <translation>사건 ▶</translation>
        </message>
        <message>
            <source>How the two stand, in one sentence; below it the next steps with their timers. W records how the first one ended.</source>
            <translation>두 사람의 상황을 한 문장으로 보여 주고, 그 아래에 다음 조치와 남은 시간이 있습니다. W 키로 첫 조치의 결과를 기록합니다.</translation>
        </message>
        <message>
            <source>▼ Charts and incident</source>
            <translation>▼ 그래프와 대응</translation>
        </message>
        <message>
            <source>Enter opens the incident of an alarm. D sends the fastest unit, Alt+D chooses where to. Shift+C closes it.</source>
            <translation>Enter 키로 경보의 대응 화면을 엽니다. D 키는 가장 빠른 차량을 출동시키고, Alt+D로 출동 장소를 고르며, Shift+C로 종결합니다.</translation>
        </message>
        <message>
            <source>Every action</source>
            <translation>모든 기능</translation>
        </message>
        <message>
            <source>Ctrl+K finds any action by its name, F1 shows all keys, Shift+F1 this tour. The people here are made up.</source>
            <translation>Ctrl+K로 이름을 입력해 기능을 찾고, F1로 모든 단축키를, Shift+F1로 이 안내를 다시 볼 수 있습니다. 여기 나오는 사람은 모두 가상입니다.</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>이전</translation>
        </message>
    </context>
    <context>
        <name>ExportsPanel</name>
        <message>
            <source>Handed out</source>
            <translation>반출 파일</translation>
        </message>
        <message>
            <source>No file with positions is out.</source>
            <translation>반출 중인 위치 파일이 없습니다.</translation>
        </message>
        <message>
            <source>Confirm that the recipient has destroyed or returned the file</source>
            <translation>수령인이 파일을 파기했거나 반환했음을 확인합니다</translation>
        </message>
        <message>
            <source>{out} out, {due} of them overdue</source>
            <translation>반출 중 {out}건, 기한 경과 {due}건</translation>
        </message>
        <message>
            <source>{out} out</source>
            <translation>반출 중 {out}건</translation>
        </message>
        <message>
            <source>Confirm destruction…</source>
            <translation>파기 확인…</translation>
        </message>
    </context>
    <context>
        <name>ScenarioEditor</name>
        <message>
            <source>A copy that is not saved yet. Give it a title of its own.</source>
            <translation>아직 저장하지 않은 사본입니다. 제목을 새로 붙이십시오.</translation>
        </message>
        <message>
            <source>A file of this room.</source>
            <translation>이 훈련실에 저장된 파일입니다.</translation>
        </message>
        <message>
            <source>All is right; its way is on the map.</source>
            <translation>이상이 없습니다. 이동 경로를 지도에 표시했습니다.</translation>
        </message>
        <message>
            <source>Being checked…</source>
            <translation>검사 중…</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>검사</translation>
        </message>
        <message>
            <source>Go on writing</source>
            <translation>계속 작성</translation>
        </message>
        <message>
            <source>Let it go</source>
            <translation>버리기</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>시나리오 목록</translation>
        </message>
        <message>
            <source>Line {line}   {what}</source>
            <translation>{line}행   {what}</translation>
        </message>
        <message>
            <source>Errors: {n}. Nothing was saved.</source>
            <translation>오류 {n}건. 저장하지 않았습니다.</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>저장하지 않음</translation>
        </message>
        <message>
            <source>Not saved yet.</source>
            <translation>아직 저장하지 않았습니다.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>Saved. It stands in the library now, and its way is on the map.</source>
            <translation>저장했습니다. 시나리오 목록에 올리고 이동 경로를 지도에 표시했습니다.</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>시나리오</translation>
        </message>
        <message>
            <source>Ships with Bongsu; what you save stands in its place.</source>
            <translation>봉수에 들어 있는 시나리오입니다. 저장하면 저장본이 대신 쓰입니다.</translation>
        </message>
        <message>
            <source>The scenario as text</source>
            <translation>시나리오 원문</translation>
        </message>
        <message>
            <source>This scenario is signed as it is, or its file is gone; it cannot be written here.</source>
            <translation>서명된 시나리오이거나 파일이 없어 여기서 고칠 수 없습니다.</translation>
        </message>
        <message>
            <source>What is not right</source>
            <translation>오류</translation>
        </message>
        <message>
            <source>What you have written in {name} is not saved and will be gone.</source>
            <translation>{name}에 작성한 내용이 저장되지 않아 사라집니다.</translation>
        </message>
        <message>
            <source>Work on a copy</source>
            <translation>사본으로 작업</translation>
        </message>
        <message>
            <source>Write scenarios</source>
            <translation>시나리오 작성</translation>
        </message>
    </context>
    <context>
        <name>defects</name>
        <message>
            <source>field {0}</source>
            <translation>{0} 항목</translation>
        </message>
        <message>
            <source>number {0}</source>
            <translation>{0}번째</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>{0}단계</translation>
        </message>
        <message>
            <source>a re-enactment is signed as it is and not written at a desk; leave the field out</source>
            <translation>재연 시나리오는 서명된 그대로 쓰며 여기서 작성하지 않습니다. 이 항목을 빼십시오</translation>
        </message>
        <message>
            <source>is carried by {0}, whose way is not told; add a table [[movements]] with person = {1}</source>
            <translation>{0}이(가) 착용하지만 이동이 없습니다. person = {1}인 [[movements]] 표를 넣으십시오</translation>
        </message>
        <message>
            <source>is missing; a number is needed</source>
            <translation>값이 없습니다. 숫자를 적으십시오</translation>
        </message>
        <message>
            <source>is missing; a text is needed</source>
            <translation>값이 없습니다. 글자를 적으십시오</translation>
        </message>
        <message>
            <source>is not TOML: {0} (at line {1}, column {2})</source>
            <translation>TOML 형식이 아닙니다: {0} ({1}행 {2}열)</translation>
        </message>
        <message>
            <source>is not known (did you mean {0}?)</source>
            <translation>없는 항목입니다({0}?)</translation>
        </message>
        <message>
            <source>is not known; known are {0}</source>
            <translation>없는 항목입니다. 쓸 수 있는 항목: {0}</translation>
        </message>
        <message>
            <source>must be 1 to 63 small letters, digits and hyphens: it names the file</source>
            <translation>영문 소문자, 숫자, 붙임표로 1–63자여야 합니다. 파일 이름이 됩니다</translation>
        </message>
        <message>
            <source>must be a number</source>
            <translation>숫자여야 합니다</translation>
        </message>
        <message>
            <source>must be a number from {0} to {1}</source>
            <translation>{0}에서 {1} 사이의 숫자여야 합니다</translation>
        </message>
        <message>
            <source>must be a text</source>
            <translation>글자여야 합니다</translation>
        </message>
        <message>
            <source>must be a text of 1 to {0} characters</source>
            <translation>1–{0}자의 글이어야 합니다</translation>
        </message>
        <message>
            <source>must be a time after the beginning such as {0} (hours:minutes:seconds)</source>
            <translation>{0}처럼 시작 이후의 시각이어야 합니다(시:분:초)</translation>
        </message>
        <message>
            <source>must be later than {0}</source>
            <translation>{0}보다 나중이어야 합니다</translation>
        </message>
        <message>
            <source>must be one of {0}</source>
            <translation>다음 중 하나여야 합니다: {0}</translation>
        </message>
        <message>
            <source>must be the name of a file beside the scenario, without a folder</source>
            <translation>시나리오와 같은 폴더에 있는 파일 이름이어야 합니다</translation>
        </message>
        <message>
            <source>must have 1 to {0} characters</source>
            <translation>1–{0}자여야 합니다</translation>
        </message>
        <message>
            <source>must lie within {0} and {1}</source>
            <translation>{0}에서 {1} 사이여야 합니다</translation>
        </message>
        <message>
            <source>needs exactly one of {0}</source>
            <translation>다음 중 하나만 있어야 합니다: {0}</translation>
        </message>
        <message>
            <source>was not kept ({0})</source>
            <translation>저장하지 못했습니다({0})</translation>
        </message>
        <message>
            <source>{0} is neither a place nor a person of this file; its places are {1}</source>
            <translation>{0}은(는) 이 파일의 장소도 사람도 아닙니다. 장소: {1}</translation>
        </message>
        <message>
            <source>{0} is no place of this file; its places are {1}</source>
            <translation>{0}은(는) 이 파일에 없는 장소입니다. 장소: {1}</translation>
        </message>
        <message>
            <source>{0} is no {1} of this file; known are {2}</source>
            <translation>{0}: 이 파일에 없는 이름입니다({1}). 있는 것: {2}</translation>
        </message>
        <message>
            <source>{0} stands {1} times; once is right</source>
            <translation>{0}이(가) {1}번 나옵니다. 한 번만 적으십시오</translation>
        </message>
    </context>
    <context>
        <name>failures</name>
        <message>
            <source>a protected person is told by app or SMS only</source>
            <translation>보호대상자에게는 앱이나 문자로만 알립니다</translation>
        </message>
        <message>
            <source>channel {0} is not configured</source>
            <translation>{0} 발송이 설정되어 있지 않습니다</translation>
        </message>
        <message>
            <source>no mail address is configured for the recipient</source>
            <translation>수신자의 전자우편 주소가 설정되어 있지 않습니다</translation>
        </message>
        <message>
            <source>no phone number is known for the recipient</source>
            <translation>수신자의 전화번호가 없습니다</translation>
        </message>
        <message>
            <source>the mail server could not be used ({0})</source>
            <translation>메일 서버를 쓸 수 없습니다({0})</translation>
        </message>
        <message>
            <source>the mail server refused the message ({0})</source>
            <translation>메일 서버가 메시지를 거부했습니다({0})</translation>
        </message>
        <message>
            <source>the other side answered {0}</source>
            <translation>상대 시스템이 {0}(으)로 응답했습니다</translation>
        </message>
        <message>
            <source>the certificate of the other side is not trusted</source>
            <translation>상대 시스템의 인증서를 신뢰할 수 없습니다</translation>
        </message>
        <message>
            <source>the other side did not answer in time</source>
            <translation>상대 시스템이 제시간에 응답하지 않았습니다</translation>
        </message>
        <message>
            <source>the other side refused the connection</source>
            <translation>상대 시스템이 연결을 거부했습니다</translation>
        </message>
        <message>
            <source>the other side could not be reached ({0})</source>
            <translation>상대 시스템에 연결하지 못했습니다({0})</translation>
        </message>
        <message>
            <source>the unit's terminal is not connected</source>
            <translation>출동 차량의 단말이 연결되어 있지 않습니다</translation>
        </message>
        <message>
            <source>the recipient carries no device</source>
            <translation>수신자에게 장치가 없습니다</translation>
        </message>
        <message>
            <source>the recipient's device was never heard</source>
            <translation>수신자의 장치에서 받은 신호가 없습니다</translation>
        </message>
        <message>
            <source>the recipient's device did not answer</source>
            <translation>수신자의 장치가 응답하지 않았습니다</translation>
        </message>
    </context>
    <context>
        <name>formats</name>
        <message>
            <source>{n} d</source>
            <translation>{n}일</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n}초</translation>
        </message>
    </context>
    <context>
        <name>AreaSketch</name>
        <message>
            <source>Area</source>
            <translation>지역</translation>
        </message>
        <message>
            <source>centre {place}</source>
            <translation>중심 {place}</translation>
        </message>
    </context>
    <context>
        <name>RetentionQuestion</name>
        <message>
            <source>Old positions</source>
            <translation>보존 기간 지난 위치</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>Propose deletion</source>
            <translation>삭제 제안</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Positions that are older than the law allows</source>
            <translation>법정 보존 기간이 지난 위치 정보</translation>
        </message>
        <message>
            <source>Another supervisor decides within 24 hours. What goes is what is too old now; legal holds are kept whole.</source>
            <translation>24시간 안에 다른 감독자가 결정합니다. 지금 기간이 지난 위치만 삭제되며, 파기 보류 사건은 모두 보존됩니다.</translation>
        </message>
        <message>
            <source>Counting what is stored…</source>
            <translation>저장된 위치를 세는 중…</translation>
        </message>
        <message>
            <source>Nothing is older than the law allows.</source>
            <translation>보존 기간이 지난 위치가 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>OrderEndQuestion</name>
        <message>
            <source>As the court's record says. The order holds until another supervisor has confirmed it.</source>
            <translation>법원 기록대로 입력하십시오. 다른 감독자가 승인할 때까지 결정은 유효합니다.</translation>
        </message>
        <message>
            <source>End an order</source>
            <translation>결정 종료 입력</translation>
        </message>
        <message>
            <source>Ends at (KST)</source>
            <translation>종료 시각 (KST)</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>사유</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>설명</translation>
        </message>
    </context>
    <context>
        <name>OrderEndsPanel</name>
        <message>
            <source>Ends of orders</source>
            <translation>결정의 조기 종료</translation>
        </message>
        <message>
            <source>No order was ended before its date.</source>
            <translation>기한 전에 종료된 결정이 없습니다.</translation>
        </message>
        <message>
            <source>Enter…</source>
            <translation>입력…</translation>
        </message>
        <message>
            <source>Confirm…</source>
            <translation>승인…</translation>
        </message>
        <message>
            <source>Refuse…</source>
            <translation>거부…</translation>
        </message>
        <message>
            <source>Your own entry: another person decides it.</source>
            <translation>본인이 입력한 항목입니다. 다른 사람이 결정합니다.</translation>
        </message>
        <message>
            <source>The order of {case} holds as before</source>
            <translation>{case} 결정은 그대로 유효합니다</translation>
        </message>
        <message>
            <source>What does the court's record say? It stands in the log.</source>
            <translation>법원 기록의 내용은 무엇입니까? 기록에 남습니다.</translation>
        </message>
        <message>
            <source>Enter that an order ends before its date</source>
            <translation>결정이 기한 전에 종료됨을 입력합니다</translation>
        </message>
    </context>
    <context>
        <name>NoteDialog</name>
        <message>
            <source>please choose</source>
            <translation>선택하십시오</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>What should the timeline say?</source>
            <translation>대응 기록에 무엇을 기록하시겠습니까?</translation>
        </message>
        <message>
            <source>Write</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>About</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>It is</source>
            <translation>성격</translation>
        </message>
    </context>
    <context>
        <name>Consent</name>
        <message>
            <source>agreed to being tracked: {version}, {day}</source>
            <translation>위치추적 동의: {version}, {day}</translation>
        </message>
        <message>
            <source>consent withdrawn {day}: not tracked</source>
            <translation>{day} 동의 철회: 추적 안 함</translation>
        </message>
        <message>
            <source>agrees to being tracked</source>
            <translation>위치추적에 동의함</translation>
        </message>
        <message>
            <source>withdraws: tracking ends at once, 112 is told</source>
            <translation>동의 철회: 추적 즉시 중단, 112 통보</translation>
        </message>
        <message>
            <source>What {person} says to being tracked</source>
            <translation>{person}의 위치추적 동의 여부</translation>
        </message>
        <message>
            <source>Agrees: which text on the limits was read to them? Withdraws: what did they say?</source>
            <translation>동의: 한계를 알린 안내문은 어느 판입니까? 철회: 뭐라고 하였습니까?</translation>
        </message>
        <message>
            <source>consent to being tracked: none entered</source>
            <translation>위치추적 동의: 입력 없음</translation>
        </message>
    </context>
    <context>
        <name>LastKnown</name>
        <message>
            <source>Last known positions</source>
            <translation>마지막 확인 위치</translation>
        </message>
        <message>
            <source>As of</source>
            <translation>기준 시각</translation>
        </message>
        <message>
            <source>People</source>
            <translation>인원</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>위험도</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>Heard</source>
            <translation>수신 상태</translation>
        </message>
        <message>
            <source>Measured (KST)</source>
            <translation>측정(KST)</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>경과</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>오차</translation>
        </message>
        <message>
            <source>Police station · officer</source>
            <translation>경찰서 · 담당자</translation>
        </message>
        <message>
            <source>no device</source>
            <translation>장치 없음</translation>
        </message>
        <message>
            <source>EXERCISE</source>
            <translation>훈련</translation>
        </message>
        <message>
            <source>Nobody on this list exists. Do not act on it.</source>
            <translation>목록의 인물은 모두 가상입니다. 이 목록에 따라 조치하지 마십시오.</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>NOT COMPLETE</source>
            <translation>누락 있음</translation>
        </message>
        <message>
            <source>The bridge has not said yet how many cases there are.</source>
            <translation>전체 사건 수를 아직 수신하지 못했습니다.</translation>
        </message>
        <message>
            <source>{n} of {all} in force</source>
            <translation>유효한 {all}건 중 {n}건</translation>
        </message>
        <message>
            <source>{n} cases are missing: this desk has not received them, or may not see them.</source>
            <translation>{n}건이 빠져 있습니다. 이 관제석에 아직 수신되지 않았거나 열람 권한이 없는 사건입니다.</translation>
        </message>
        <message>
            <source>Position (WGS 84 · national point number)</source>
            <translation>위치 (WGS 84 · 국가지점번호)</translation>
        </message>
    </context>
    <context>
        <name>where</name>
        <message>
            <source>north</source>
            <translation>북쪽</translation>
        </message>
        <message>
            <source>north-east</source>
            <translation>북동쪽</translation>
        </message>
        <message>
            <source>east</source>
            <translation>동쪽</translation>
        </message>
        <message>
            <source>south-east</source>
            <translation>남동쪽</translation>
        </message>
        <message>
            <source>south</source>
            <translation>남쪽</translation>
        </message>
        <message>
            <source>south-west</source>
            <translation>남서쪽</translation>
        </message>
        <message>
            <source>west</source>
            <translation>서쪽</translation>
        </message>
        <message>
            <source>north-west</source>
            <translation>북서쪽</translation>
        </message>
        <message>
            <source>position of {person} {error}</source>
            <translation>{person} 위치 {error}</translation>
        </message>
        <message>
            <source>near {place} {error}</source>
            <translation>{place} 부근 {error}</translation>
        </message>
        <message>
            <source>{side} of the protected person</source>
            <translation>보호대상자 기준 {side}</translation>
        </message>
        <message>
            <source>heading {side}</source>
            <translation>{side}으로 이동 중</translation>
        </message>
        <message>
            <source>Wearer {parts}.</source>
            <translation>피부착자 위치: {parts}.</translation>
        </message>
    </context>
    <context>
        <name>PlannedLine</name>
        <message>
            <source>within {span}</source>
            <translation>{span} 이내</translation>
        </message>
    </context>
</TS>
