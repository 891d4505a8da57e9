export { type HttpParts, type HttpRead, readHttp } from './read-request.ts'
