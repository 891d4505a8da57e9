import type { FastifyReply } from 'fastify'

/** Plain letters for clients that know no better form, and the true name beside them (RFC 6266, RFC 8187). */
const dispositionOf = (fileName: string): string => {
  const plain = fileName.replace(/[^\w. +()-]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `attachment;filename="${plain}"${plain === fileName ? '' : `;filename*=UTF-8''${encoded}`}`
}

const isMediaType = (text: string): boolean => /^[\w.+-]+\/[\w.+-]+$/.test(text)

/** Headers of a file to be saved; its type was chosen by whoever loaded it up, so browsers must not render it. */
export const attachment = (reply: FastifyReply, fileName: string, contentType: string | null): FastifyReply =>
  reply
    .header('content-disposition', dispositionOf(fileName))
    .header('x-filename', encodeURIComponent(fileName.toWellFormed()))
    .type(contentType && isMediaType(contentType) ? contentType : 'application/octet-stream')
