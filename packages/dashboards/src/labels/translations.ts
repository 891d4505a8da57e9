const key = /\{i18n:([^{}]{1,200})\}/g

const words = (path: string): string => {
  const last = path.trim().split('.').at(-1) ?? ''
  const text = last.replaceAll(/[-_]+/g, ' ').trim()
  return text === '' ? path : text.charAt(0).toUpperCase() + text.slice(1)
}

/**
 * Texts of files can name a text of the platform that they come from (`{i18n:api-usage.data-points}`). Its texts are not
 * here, but their names say what they are: "Data points".
 */
export const withoutTranslations = (text: string): string =>
  text.includes('{i18n:') ? text.replaceAll(key, (_, path: string) => words(path)) : text
