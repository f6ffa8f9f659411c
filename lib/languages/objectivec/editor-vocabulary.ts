import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "BOOL NO YES break case catch char class const continue default do double dynamic else encode end enum extern finally float for id if implementation import in include int interface long nil optional private property protected protocol public required return selector self short sizeof static struct super switch synchronized synthesize throw try typedef union unsigned void while".split(
      " ",
    ),
  library:
    "Foundation NSArray NSAutoreleasePool NSCharacterSet NSComparisonResult NSCountedSet NSData NSDate NSDictionary NSEnumerator NSError NSException NSFileHandle NSFileManager NSInteger NSLog NSMutableArray NSMutableDictionary NSMutableSet NSMutableString NSNumber NSObject NSRange NSScanner NSSet NSString NSUInteger NSValue UTF8String addObject alloc allKeys allObjects arrayWithObjects autorelease caseInsensitiveCompare class compare componentsJoinedByString componentsSeparatedByString containsObject copy count countForObject dealloc description dictionaryWithObjectsAndKeys doubleValue drain fgets init intValue isEqual isEqualToString isKindOfClass length lowercaseString numberWithInt objectAtIndex objectForKey printf puts release removeObject respondsToSelector retain setObject sortedArrayUsingSelector stdin stdout stringByAppendingString stringByTrimmingCharactersInSet stringWithFormat stringWithUTF8String substringFromIndex uppercaseString".split(
      " ",
    ),
  snippets: [
    {
      label: "main",
      detail: "a program",
      body: "#import <Foundation/Foundation.h>\n\nint main(void) {\n\tNSAutoreleasePool *pool = [NSAutoreleasePool new];\n\t$0\n\t[pool drain];\n\treturn 0;\n}\n",
    },
    {
      label: "class",
      detail: "a class",
      body: "@interface ${1:Name} : NSObject\n- (${2:void})${3:method};\n@end\n\n@implementation ${1:Name}\n- (${2:void})${3:method} {\n\t$0\n}\n@end\n",
    },
    {
      label: "forin",
      detail: "go through a collection",
      body: "for (${1:id} ${2:one} in ${3:all}) {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "char line[1000];\nwhile (fgets(line, sizeof line, stdin)) {\n\tNSString *${1:text} = [NSString stringWithUTF8String:line];\n\t$0\n}",
    },
  ],
};
