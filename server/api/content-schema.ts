import { z } from '@hono/zod-openapi';
import type { ContentDocument, Words } from '../documents/content.ts';

/** Documents and sentences as server/documents makes them; their shape stands in server/documents/content.ts. */
const made = <Shape>() => z.custom<Shape>((value) => typeof value === 'object').meta({ type: 'object' });

export const contentDocumentSchema = made<ContentDocument>();
export const wordsSchema = made<Words>();
