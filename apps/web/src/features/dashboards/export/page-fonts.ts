const dataUrl = async (url: string): Promise<string> => {
  const blob = await (await fetch(url)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('A font cannot be read'))
    reader.readAsDataURL(blob)
  })
}

const rulesOf = (sheet: CSSStyleSheet): CSSRule[] => {
  try {
    return [...sheet.cssRules]
  } catch {
    // Of another origin; there are none of ours.
    return []
  }
}

const plain = (text: string) => text.replaceAll(/["'\s]/g, '').toLowerCase()

/**
 * The fonts that the page has loaded, as style rules that hold them: a picture is drawn without the page around it and
 * loads nothing.
 */
export const pageFonts = async (): Promise<string> => {
  const loaded = new Set(
    [...document.fonts].flatMap(({ status, family, unicodeRange }) =>
      status === 'loaded' ? [`${plain(family)} ${plain(unicodeRange)}`] : [],
    ),
  )
  const rules = [...document.styleSheets].flatMap((sheet) =>
    rulesOf(sheet).flatMap((rule) => (rule instanceof CSSFontFaceRule ? [{ rule, base: sheet.href }] : [])),
  )
  const made = rules.map(async ({ rule, base }) => {
    const of = (name: string) => rule.style.getPropertyValue(name)
    const address = /url\(["']?([^"')]+)["']?\)/.exec(of('src'))?.[1]
    if (!address || !loaded.has(`${plain(of('font-family'))} ${plain(of('unicode-range'))}`)) return ''
    const font = await dataUrl(new URL(address, base ?? document.baseURI).href)
    const members = ['font-family', 'font-weight', 'font-style', 'unicode-range'].map((name) => `${name}:${of(name)}`)
    return `@font-face{${members.join(';')};src:url(${font})}`
  })
  return (await Promise.all(made)).join('\n')
}
