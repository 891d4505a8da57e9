/** Largest REST body, bytes (as ThingsBoard). */
export const maxBodyBytes = 16 * 1024 * 1024
/** Largest uploaded file, in bytes (as ThingsBoard). */
export const maxUploadBytes = 50 * 1024 * 1024
