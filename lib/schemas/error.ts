import * as z from "zod";

/** The one shape of every error answer. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** Every error code of the API with its HTTP status. The contract: `docs` and external clients rely on both. */
export const ERROR_STATUS = {
  invalid_request: 400,
  invalid_json: 400,
  unauthorized: 401,
  two_factor_required: 401,
  forbidden: 403,
  two_factor_setup_required: 403,
  plan_forbids: 403,
  confirmation_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  gone: 410,
  code_too_large: 413,
  body_too_large: 413,
  unsupported_media_type: 415,
  wrong_host: 421,
  unknown_language: 422,
  rate_limited: 429,
  quota_exceeded: 429,
  internal: 500,
  docker_unavailable: 503,
  image_unavailable: 503,
  queue_full: 503,
  queue_unavailable: 503,
  store_unavailable: 503,
  store_full: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;
