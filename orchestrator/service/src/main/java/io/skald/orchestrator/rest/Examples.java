package io.skald.orchestrator.rest;

/** What the OpenAPI document shows: one order, from its start to an operator's help. */
final class Examples {

  static final String DATA =
      """
      {"orderId":"ORD-1001","userId":"USR-123","total":99.99}\
      """;

  static final String SAGA =
      """
      {
        "id": "5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
        "definition": "order",
        "version": 1,
        "key": "ORD-1001",
        "status": "RUNNING",
        "data": {"orderId": "ORD-1001", "userId": "USR-123", "total": 99.99, "paymentId": "PAY-7"},
        "createdAt": "2026-01-31T12:00:00Z",
        "updatedAt": "2026-01-31T12:00:01.250Z",
        "deadline": "2026-02-03T12:00:00Z",
        "steps": [
          {
            "name": "payment", "status": "SUCCEEDED", "kind": "COMPENSATABLE",
            "participant": "payment", "attempts": 1, "compensationAttempts": 0,
            "startedAt": "2026-01-31T12:00:00Z", "endedAt": "2026-01-31T12:00:00.400Z"
          },
          {
            "name": "inventory", "status": "RETRYING", "kind": "COMPENSATABLE",
            "participant": "inventory", "attempts": 1, "compensationAttempts": 0,
            "startedAt": "2026-01-31T12:00:00.400Z",
            "lastError": {"code": "BUSY", "message": "Too many reservations at once"},
            "nextRetryAt": "2026-01-31T12:00:01.650Z"
          },
          {
            "name": "shipping", "status": "PENDING", "kind": "PIVOT",
            "participant": "shipping", "attempts": 0, "compensationAttempts": 0
          }
        ],
        "blocks": [
          {"name": "approval", "kind": "AWAIT", "standing": "TO_COME", "signal": "Approved v1"}
        ],
        "next": {
          "step": "inventory", "phase": "ACTION", "at": "2026-01-31T12:00:01.650Z",
          "because": "attempt 1 went wrong (BUSY); attempt 2 is issued at 2026-01-31T12:00:01.650Z",
          "beside": [], "then": ["shipping"]
        },
        "links": {
          "self": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
          "journal": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11/journal",
          "definition": "/api/v1/definitions/order/1",
          "cancel": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11/cancel",
          "abort": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11/abort"
        }
      }\
      """;

  static final String SAGAS =
      """
      {
        "sagas": [
          {
            "id": "5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11", "definition": "order", "version": 1,
            "key": "ORD-1001", "status": "RUNNING", "createdAt": "2026-01-31T12:00:00Z",
            "updatedAt": "2026-01-31T12:00:01.250Z",
            "href": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11"
          }
        ],
        "next": "/api/v1/sagas?status=RUNNING&limit=1&cursor=AQAAAABpfe7AAAAAAF0MOlKMHlpTmkMPahoMehE"
      }\
      """;

  static final String JOURNAL =
      """
      {
        "saga": "5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
        "entries": [
          {
            "seq": 1, "index": 0, "at": "2026-01-31T12:00:00Z",
            "cause": "018d5f3e-2b7c-7f10-a3a5-3f2f6b1c9d01", "type": "SagaStarted",
            "words": "the saga starts on order v1",
            "entry": {"definition": "order", "version": 1, "key": "ORD-1001",
                      "data": {"orderId": "ORD-1001", "userId": "USR-123", "total": 99.99}}
          },
          {
            "seq": 1, "index": 1, "at": "2026-01-31T12:00:00Z",
            "cause": "018d5f3e-2b7c-7f10-a3a5-3f2f6b1c9d01", "type": "CommandIssued",
            "words": "command ProcessPayment v1 is sent to payment to do step 'payment', attempt 1",
            "entry": {"step": "payment", "phase": "ACTION", "attempt": 1,
                      "participant": "payment", "command": "ProcessPayment",
                      "payload": {"orderId": "ORD-1001", "amount": 99.99},
                      "timeoutAt": "2026-01-31T12:00:30Z"}
          }
        ],
        "next": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11/journal?limit=1&after=1"
      }\
      """;

  static final String REASON =
      """
      {"reason":"the customer called","actor":"maria"}\
      """;

  static final String DEFINITIONS =
      """
      {
        "definitions": [
          {"name": "order", "version": 2, "fingerprint": "0f4c6d2b9a8e7c1d0f4c6d2b9a8e7c1d",
           "live": {"running": 12, "compensating": 0, "parked": 1},
           "href": "/api/v1/definitions/order/2"},
          {"name": "order", "version": 1, "fingerprint": "9a8e7c1d0f4c6d2b9a8e7c1d0f4c6d2b",
           "live": {"running": 0, "compensating": 0, "parked": 0},
           "href": "/api/v1/definitions/order/1"}
        ]
      }\
      """;

  static final String DEFINITION =
      """
      {
        "name": "order", "version": 1, "dataType": "Order",
        "fingerprint": "9a8e7c1d0f4c6d2b9a8e7c1d0f4c6d2b", "deadline": "PT72H",
        "startedBy": [{"topic": "order-events", "event": {"name": "OrderCreated", "version": 1}}],
        "steps": [
          {"name": "shipping", "kind": "PIVOT", "participant": "shipping",
           "command": {"name": "ScheduleShipping", "version": 1},
           "reply": {"name": "ShippingScheduled", "version": 1}, "timeout": "PT30S",
           "retry": {"initial": "PT0.2S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT30S"}}
        ],
        "mermaid": "flowchart TD\\n  start([\\"order v1\\"])\\n",
        "live": {"running": 12, "compensating": 0, "parked": 1},
        "links": {"self": "/api/v1/definitions/order/1", "sagas": "/api/v1/sagas?definition=order"}
      }\
      """;

  static final String MERMAID =
      """
      flowchart TD
        start(["order v1"])
        step_shipping{{"shipping<br/>shipping: ScheduleShipping"}}
        start --> step_shipping
        step_shipping --> completed(["completed"])
      """;

  static final String INVALID =
      """
      {
        "type": "urn:skald:problem:invalid-request",
        "title": "The request is not valid",
        "status": 400,
        "detail": "Expected the data of definition 'order', but member 'total' is not a number",
        "instance": "/api/v1/sagas/order"
      }\
      """;

  static final String COMPENSATING =
      """
      {
        "id": "5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
        "definition": "order",
        "version": 1,
        "key": "ORD-1001",
        "status": "COMPENSATING",
        "data": {"orderId": "ORD-1001", "userId": "USR-123", "total": 99.99, "paymentId": "PAY-7"},
        "createdAt": "2026-01-31T12:00:00Z",
        "updatedAt": "2026-01-31T12:00:02Z",
        "steps": [
          {
            "name": "payment", "status": "COMPENSATING", "kind": "COMPENSATABLE",
            "participant": "payment", "attempts": 1, "compensationAttempts": 1,
            "startedAt": "2026-01-31T12:00:00Z", "endedAt": "2026-01-31T12:00:00.400Z",
            "compensationStartedAt": "2026-01-31T12:00:02Z", "timeoutAt": "2026-01-31T12:00:32Z"
          },
          {
            "name": "shipping", "status": "LEFT_OUT", "kind": "PIVOT",
            "participant": "shipping", "attempts": 0, "compensationAttempts": 0
          }
        ],
        "compensation": {
          "cause": "CANCELLED",
          "problem": {"code": "CANCELLED", "message": "the customer called"}
        },
        "next": {
          "step": "payment", "phase": "COMPENSATION", "at": "2026-01-31T12:00:32Z",
          "because": "awaiting the reply to attempt 1 until 2026-01-31T12:00:32Z",
          "beside": [], "then": []
        },
        "links": {
          "self": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
          "journal": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11/journal",
          "definition": "/api/v1/definitions/order/1"
        }
      }\
      """;

  static final String ABORTED =
      """
      {
        "id": "5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
        "definition": "order",
        "version": 1,
        "key": "ORD-1001",
        "status": "ABORTED",
        "data": {"orderId": "ORD-1001", "userId": "USR-123", "total": 99.99, "paymentId": "PAY-7"},
        "createdAt": "2026-01-31T12:00:00Z",
        "updatedAt": "2026-01-31T12:00:02Z",
        "endedAt": "2026-01-31T12:00:02Z",
        "steps": [
          {
            "name": "payment", "status": "UNKNOWN", "kind": "COMPENSATABLE",
            "participant": "payment", "attempts": 3, "compensationAttempts": 0,
            "startedAt": "2026-01-31T12:00:00Z",
            "lastError": {"code": "TIMEOUT", "message": "No reply to attempt 2 within PT0.5S"}
          },
          {
            "name": "shipping", "status": "LEFT_OUT", "kind": "PIVOT",
            "participant": "shipping", "attempts": 0, "compensationAttempts": 0
          }
        ],
        "aborted": {
          "actor": "maria", "reason": "the customer called", "at": "2026-01-31T12:00:02Z"
        },
        "links": {
          "self": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11",
          "journal": "/api/v1/sagas/5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11/journal",
          "definition": "/api/v1/definitions/order/1"
        }
      }\
      """;

  static final String SIGNAL =
      """
      {"by": "maria", "limit": 500}\
      """;

  static final String SKIP =
      """
      {"reason": "paid by bank transfer", "actor": "maria", "phase": "action",
       "reply": {"paymentId": "PAY-7"}}\
      """;

  static final String PREVIEW =
      """
      {
        "verb": "cancel", "possible": true, "basedOn": 4, "status": "COMPENSATING",
        "words": [
          "the saga turns back, because it was cancelled (CANCELLED: the customer called), by maria",
          "command RefundPayment v1 is sent to payment to undo step 'payment', attempt 1"
        ],
        "commands": [
          {
            "step": "payment", "phase": "COMPENSATION", "participant": "payment",
            "command": "RefundPayment v1", "attempt": 1,
            "payload": {"orderId": "ORD-1001", "paymentId": "PAY-7"}
          }
        ],
        "next": {
          "step": "payment", "phase": "COMPENSATION", "at": "2026-01-31T12:00:32Z",
          "because": "awaiting the reply to attempt 1 until 2026-01-31T12:00:32Z",
          "beside": [], "then": []
        }
      }\
      """;

  static final String DIAGRAM =
      """
      flowchart TD
        start(["order v1"])
        step_shipping{{"shipping<br/>shipping: ScheduleShipping"}}
        start --> step_shipping
        step_shipping --> completed(["completed"])
        class step_shipping is_done
        classDef is_done fill:#116329,stroke:#4ac26b,color:#ffffff
      """;

  private Examples() {}
}
