import { z } from 'zod'
import { plainText } from './plain-text.ts'

const output = z.string().nullable()
const text = (name: string) => plainText(name).nullish()
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
  country: text('country'),
  state: text('state'),
  city: text('city'),
  address: plainText('address', 10_000).nullish(),
  address2: plainText('address2', 10_000).nullish(),
  zip: text('zip'),
  phone: text('phone'),
  email,
}
