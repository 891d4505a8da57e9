const formats = new Map<string, Intl.NumberFormat>()

/** A number in the viewer's writing. Making a format costs far more than using one, and cards write many numbers a second. */
export const numberText = (value: number, locale: string, options: Intl.NumberFormatOptions = {}): string => {
  const key = `${locale} ${options.notation ?? ''} ${options.minimumFractionDigits ?? ''} ${options.maximumFractionDigits ?? ''}`
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, format)
  return format.format(value)
}
