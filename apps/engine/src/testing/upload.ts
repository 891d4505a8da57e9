import type { Answer, ApiUnderTest } from './api-under-test.ts'

export type Upload = {
  fields?: Readonly<Record<string, string>>
  file?: { name: string; mediaType?: string; data: Buffer | string }
}

/** Sends a form with a file, as a browser does. */
export const upload = async (
  api: ApiUnderTest,
  call: { method?: 'POST' | 'PUT'; url: string; token: string } & Upload,
): Promise<Answer> => {
  const boundary = 'boundary-of-the-form'
  const part = (headers: string, content: Buffer | string) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')])
  const { file } = call
  const payload = Buffer.concat([
    ...Object.entries(call.fields ?? {}).map(([name, value]) =>
      part(`Content-Disposition: form-data; name="${name}"`, value),
    ),
    ...(file
      ? [
          part(
            `Content-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.mediaType ?? 'application/octet-stream'}`,
            file.data,
          ),
        ]
      : []),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  const response = await api.app.inject({
    method: call.method ?? 'POST',
    url: call.url,
    headers: { 'x-authorization': `Bearer ${call.token}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  const text = response.body
  return {
    status: response.statusCode,
    text,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
    headers: response.headers,
    cookies: [],
  }
}
