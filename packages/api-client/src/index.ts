export { ApiError, toApiError } from './api-error.ts'
export { type Answer, type ApiClient, type ApiClientOptions, createApiClient } from './client.ts'
export type * from './generated/operations.ts'
