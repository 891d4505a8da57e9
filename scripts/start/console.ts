import { styleText } from 'node:util'
import { LaunchError } from '@thingwire/local-services'

const seconds = (ms: number) => (ms < 950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`)

/** Runs one step of the start: says what it waits for, how long it took, or what went wrong. */
export const step = async <T>(title: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T> => {
  const began = Date.now()
  let detail = ''
  const still = setInterval(() => {
    console.log(
      styleText(
        'dim',
        `  still: ${title.toLowerCase()}${detail ? ` – ${detail}` : ''} (${seconds(Date.now() - began)})`,
      ),
    )
  }, 10_000)
  try {
    const result = await work((text) => {
      detail = text
      console.log(styleText('dim', `  ${text}`))
    })
    console.log(`${styleText('green', '✓')} ${title} ${styleText('dim', `(${seconds(Date.now() - began)})`)}`)
    return result
  } finally {
    clearInterval(still)
  }
}

/** One clear line, and below it what to do. */
export const printFailure = (error: unknown) => {
  if (error instanceof LaunchError) {
    console.error(`${styleText('red', '✗')} ${error.message}`)
    console.error(`  ${error.hint.replaceAll('\n', '\n  ')}`)
    return
  }
  console.error(`${styleText('red', '✗')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}
