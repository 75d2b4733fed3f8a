/** The line of an error's message that says what is wrong, of which compilers write many. */
export function faultOf({ message }: Error): string {
  const lines = message.split('\n');
  return (lines.find((line) => /\berror\b/i.test(line)) ?? lines[0]).trim();
}
