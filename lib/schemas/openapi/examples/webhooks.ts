import type { webhooksEndpoints } from "../../endpoints/webhooks";
import { EXAMPLE_IDS, type Examples } from "./example";

const OWN_WEBHOOK = { id: EXAMPLE_IDS.webhook };
const WEBHOOK = {
  id: EXAMPLE_IDS.webhook,
  url: "https://example.org/quicksand",
  createdAt: "2026-11-27T01:20:11.021Z",
};

export const webhookExamples: Examples<keyof typeof webhooksEndpoints> = {
  listWebhooks: [{ title: "All of them", answer: { webhooks: [WEBHOOK] } }],
  createWebhook: [
    {
      title: "An address",
      body: { url: WEBHOOK.url },
      answer: { ...WEBHOOK, secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDU3lSF8fEJ8E=" },
    },
  ],
  deleteWebhook: [{ title: "A webhook of yours", params: OWN_WEBHOOK, answer: { deleted: true } }],
  webhookDeliveries: [
    {
      title: "A webhook of yours",
      params: OWN_WEBHOOK,
      answer: {
        deliveries: [
          {
            id: "msg_5wYbTQp3nKc1Zs7LxRfJd",
            run: EXAMPLE_IDS.run,
            status: "pending",
            createdAt: "2026-11-27T01:20:11.021Z",
            nextAt: "2026-11-27T01:20:16.090Z",
            attempts: [
              {
                at: "2026-11-27T01:20:11.090Z",
                httpStatus: 500,
                problem: "It answered 500.",
                durationMs: 63,
              },
            ],
          },
        ],
      },
    },
  ],
};
