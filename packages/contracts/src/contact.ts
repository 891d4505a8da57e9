import { z } from 'zod'

const output = z.string().nullable()
const text = z.string().max(255).nullish()
const email = z
  .string()
  .max(255)
  .refine((given) => given.trim() === '' || /^[^\s@]+@[^\s@]+$/.test(given.trim()), {
    error: (issue) => `Invalid email address format '${String(issue.input)}'!`,
  })
  .nullish()

/** Where tenants and customers are reached, as answers carry it. */
export const contactFields = {
  country: output,
  state: output,
  city: output,
  address: output,
  address2: output,
  zip: output,
  phone: output,
  email: output,
}

/** The same as clients may set it. */
export const saveContactFields = {
  country: text,
  state: text,
  city: text,
  address: z.string().max(10_000).nullish(),
  address2: z.string().max(10_000).nullish(),
  zip: text,
  phone: text,
  email,
}
