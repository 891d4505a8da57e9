/** What an audit entry of a sign-in tells about the program that was used. */
export type UserAgent = { browser?: string; os?: string; device?: string }

type Rule = readonly [name: string, pattern: RegExp]

/** In this order: most browsers also claim to be those further down. */
const browsers: readonly Rule[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\b(?:OPR|Opera)\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
  ['curl', /^curl\/(\d+)/],
]

const systems: readonly Rule[] = [
  ['Android', /\bAndroid(?: (\d+))?/],
  ['iOS', /\b(?:iPhone|iPad|iPod).*? OS (\d+)/],
  ['Windows', /\bWindows(?: NT (\d+))?/],
  ['Mac OS X', /\bMac OS X(?: (\d+))?/],
  ['Chrome OS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

const found = (rules: readonly Rule[], text: string): string | undefined => {
  for (const [name, pattern] of rules) {
    const match = pattern.exec(text)
    if (match) return match[1] ? `${name} ${match[1]}` : name
  }
  return undefined
}

const deviceOf = (text: string): string => {
  if (/\b(?:iPad|Tablet)\b/.test(text) || (/\bAndroid\b/.test(text) && !/\bMobile\b/.test(text))) return 'Tablet'
  return /\b(?:Mobile|iPhone|iPod)\b/.test(text) ? 'Phone' : 'Other'
}

/** Names and major versions from a `User-Agent` header; nothing for what is not recognised. */
export const parseUserAgent = (header: string | undefined): UserAgent => {
  const text = (header ?? '').slice(0, 512)
  const browser = found(browsers, text)
  const os = found(systems, text)
  if (!browser && !os) return {}
  return { ...(browser && { browser }), ...(os && { os }), device: deviceOf(text) }
}
