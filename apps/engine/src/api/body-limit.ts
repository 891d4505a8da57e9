/** Largest REST body, bytes (api-contract §7.5). */
export const maxBodyBytes = 16 * 1024 * 1024
