import { z } from 'zod'

/**
 * JavaScript that a dashboard file carries: plain text, or with imports of library modules (`name` → link of a resource).
 * It is foreign code: it runs in the sandbox of the host and nowhere else.
 */
export const functionSourceSchema = z.union([
  z.string(),
  z.looseObject({ body: z.string(), modules: z.record(z.string(), z.string()).nullish() }),
])
export type FunctionSource = z.infer<typeof functionSourceSchema>

/** Null for nothing, and for a body that holds no code. */
export const readFunction = (source: unknown): FunctionSource | null => {
  const parsed = functionSourceSchema.safeParse(source)
  if (!parsed.success) return null
  const body = typeof parsed.data === 'string' ? parsed.data : parsed.data.body
  return body.trim() === '' ? null : parsed.data
}
