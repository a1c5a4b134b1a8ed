export { default as MarkdownIt } from 'markdown-it';
export { default as Turndown } from 'turndown';
