// All words of the app, Korean first.

export const TEXTS = {
  ko: {
    title: "봉수 보호", other: "English", map: "지도", sos: "긴급 신고 (1초간 누르기)",
    limits: "이 앱은 위치를 알 수 없을 때도 있습니다. 위험하다고 느끼면 바로 112에 신고하십시오.",
    credit: "행정 경계: 통계청 (공공누리 제1유형)",
    unpaired: "연결되지 않았습니다", unpairedDetail: "담당자에게 받은 QR 코드를 이 전화기로 찍으십시오.",
    waiting: "관제실에 연결하는 중입니다", clear: "가까이에 아무도 없습니다", clearDetail: "기준 거리 안에서 확인된 사람이 없습니다.",
    near: "접근 금지 대상자가 가까이 있습니다", within: "{m} 이내", distance: "거리 약 {m}", lost: "연결이 끊겼습니다",
    lostDetail: "아래 내용은 지금이 아닙니다. 위험하면 112에 신고하십시오.", old: "위치가 오래되었습니다",
    ended: "이 앱의 연결이 끝났습니다", checked: "{s} 전 확인", measured: "{s} 전 측정된 위치",
    closing: "다가오는 중", opening: "멀어지는 중", steady: "거리 변화 없음", unknown: "움직임 알 수 없음",
    n: "북쪽", ne: "북동쪽", e: "동쪽", se: "남동쪽", s: "남쪽", sw: "남서쪽", w: "서쪽", nw: "북서쪽",
    sending: "보내는 중입니다…", sent: "보냈습니다. 관제실의 확인을 기다립니다.", heard: "관제실이 받았습니다.",
    failed: "보내지 못했습니다. 112에 전화하십시오.", second: "{n}초", minute: "{n}분", hour: "{n}시간",
  },
  en: {
    title: "Bongsu Protect", other: "한국어", map: "Map", sos: "Call for help (hold for 1 s)",
    limits: "This app does not always know where somebody is. If you feel in danger, call 112 at once.",
    credit: "Boundaries: Statistics Korea (KOGL type 1)",
    unpaired: "Not paired", unpairedDetail: "Scan the QR code that you were given with this phone.",
    waiting: "Connecting to the control room", clear: "Nobody is near", clearDetail: "Nobody was found within the distance that was set.",
    near: "The person under the order is near", within: "within {m}", distance: "about {m} away", lost: "Connection lost",
    lostDetail: "What is shown below is not now. If you are in danger, call 112.", old: "The position is old",
    ended: "This app is no longer connected", checked: "checked {s} ago", measured: "position measured {s} ago",
    closing: "coming nearer", opening: "moving away", steady: "distance unchanged", unknown: "movement unknown",
    n: "to the north", ne: "to the north-east", e: "to the east", se: "to the south-east",
    s: "to the south", sw: "to the south-west", w: "to the west", nw: "to the north-west",
    sending: "Sending …", sent: "Sent. Waiting for the control room.", heard: "The control room has received it.",
    failed: "It could not be sent. Call 112.", second: "{n} s", minute: "{n} min", hour: "{n} h",
  },
};
