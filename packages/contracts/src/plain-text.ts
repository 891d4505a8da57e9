import { z } from 'zod'

const markup = /<[a-z!/?]/i

/** Whether a text looks like HTML. */
export const hasMarkup = (text: string): boolean => markup.test(text)

/**
 * A text that others see in lists, mails and pages: markup in it is a mistake or an attack (as ThingsBoard).
 * @param name How the error calls the field
 */
export const plainText = (name: string, longest = 255) =>
  z
    .string()
    .trim()
    .max(longest, `Validation error: ${name} length must be equal or less than ${longest}`)
    .refine((text) => !hasMarkup(text), `Validation error: ${name} is malformed`)

/** The same for a text that must be there. */
export const requiredText = (name: string, missing: string, longest = 255) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(longest, `Validation error: ${name} length must be equal or less than ${longest}`)
    .refine((text) => !hasMarkup(text), `Validation error: ${name} is malformed`)
