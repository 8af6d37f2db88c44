/** Files that are uploaded: what they are called, and what they are. */

/** What a file is called; a `File` knows it itself. */
export interface Named {
  name?: string;
}

/** By the end of a file's name. */
const TYPES: Record<string, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  html: "text/html",
  htm: "text/html",
  md: "text/markdown",
  txt: "text/plain",
};

/** The file with its type, and its name. */
export function named(file: Blob, about: Named): { body: Blob; name: string } {
  const name = about.name ?? ("name" in file ? String(file.name) : undefined);
  if (!name) throw new TypeError('the file has no name: say { name: "handbook.pdf" }');
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];
  return { body: file.type || !type ? file : file.slice(0, file.size, type), name };
}
