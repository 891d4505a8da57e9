/** Largest REST body, bytes (as ThingsBoard). */
export const maxBodyBytes = 16 * 1024 * 1024
