import { createHash } from 'node:crypto'
import { sandboxLimits } from './protocol.ts'
import { workerSource } from './worker-source.ts'

/** Text that may stand inside a script element. */
const asLiteral = (text: string) => JSON.stringify(text).replaceAll('<', '\\u003c')

/**
 * The sandbox's document: it runs no foreign code itself but keeps a worker that does, gives it one job at a time, and ends
 * it when a job takes too long. That clock cannot run in the worker, which a loop without end would stop.
 */
export const frameSource = `'use strict';
(() => {
  const source = URL.createObjectURL(new Blob([${asLiteral(workerSource)}], { type: 'text/javascript' }))
  let port = null
  let worker = null
  let isReady = false
  let current = null
  let timer = 0
  const queue = []

  const start = () => {
    isReady = false
    worker = new Worker(source)
    worker.onmessage = ({ data }) => {
      if (!data) return
      if (data.type === 'ready') isReady = true
      else if (data.type === 'done' && current !== null && data.id === current) {
        clearTimeout(timer)
        current = null
        port.postMessage(data)
      }
      next()
    }
    worker.onerror = (event) => {
      event.preventDefault()
      end('crashed')
    }
  }
  const end = (type) => {
    clearTimeout(timer)
    worker.terminate()
    if (current !== null) port.postMessage({ type, id: current })
    current = null
    start()
  }
  const next = () => {
    if (!isReady || current !== null) return
    const job = queue.shift()
    if (!job) return
    current = job.id
    timer = setTimeout(() => end('timeout'), ${sandboxLimits.jobMs})
    worker.postMessage(job)
  }

  addEventListener('message', (event) => {
    if (port || event.source !== parent || !event.ports[0]) return
    port = event.ports[0]
    port.onmessage = ({ data }) => {
      queue.push(...data.jobs)
      next()
    }
    port.postMessage({ type: 'ready' })
  })
  start()
})()
`

export const frameDocument = `<!doctype html><meta charset="utf-8"><title>Sandbox</title><script>${frameSource}</script>`

/**
 * One script, known by its hash; workers from its own blobs, which inherit this policy; evaluation for foreign code; and no
 * address that anything could be loaded from or sent to. \`sandbox\` gives the document an origin of its own even when
 * somebody opens it by itself.
 */
export const framePolicy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(frameSource).digest('base64')}' 'unsafe-eval' blob:`,
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts',
].join('; ')
