/** A text in one of Java's standard charsets. */
export const encodeHeader = (text: string, charset: string): Buffer => {
  if (charset === 'ISO-8859-1') return Buffer.from(text, 'latin1')
  if (charset === 'US-ASCII') return Buffer.from(text.replace(/[^\0-\x7f]/g, '?'), 'latin1')
  if (charset === 'UTF-16LE') return Buffer.from(text, 'utf16le')
  if (charset === 'UTF-16BE') return Buffer.from(text, 'utf16le').swap16()
  // Java puts a mark of the byte order in front when the name does not say it.
  if (charset === 'UTF-16') return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])
  return Buffer.from(text, 'utf8')
}
