import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a class in files of its own, C beside it, and text of any script": {
      code: `#import <Foundation/Foundation.h>
#import "Half.h"
#include "lib/square.h"

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    printf("%d\\n", [Half of:square(4)]);
    puts([[@"Grüße, " stringByAppendingString:@"世界"] UTF8String]);
    @try {
        [[NSArray array] objectAtIndex:3];
    } @catch (NSException *exception) {
        puts([[exception name] UTF8String]);
    }
    [pool drain];
    return 0;
}
`,
      files: [
        {
          path: "Half.h",
          content:
            "#import <Foundation/Foundation.h>\n\n@interface Half : NSObject\n+ (int)of:(int)number;\n@end\n",
        },
        {
          path: "Half.m",
          content:
            '#import "Half.h"\n\n@implementation Half\n+ (int)of:(int)number {\n    return number / 2;\n}\n@end\n',
        },
        { path: "lib/square.h", content: "int square(int side);\n" },
        {
          path: "lib/square.c",
          content: '#include "square.h"\n\nint square(int side) { return side * side; }\n',
        },
      ],
      prints: "8\nGrüße, 世界\nNSRangeException\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: "#import <Foundation/Foundation.h>\n\nint main(void) {\n    return missing;\n}\n",
      status: "compile_error",
      marked: {
        line: 4,
        column: 12,
        severity: "error",
        message: "‘missing’ undeclared (first use in this function); did you mean ‘isinf’?",
      },
    },
    "a warning of the compiler, and an exit code": {
      code: "#import <Foundation/Foundation.h>\n\nint main(void) {\n    int unused;\n    return 3;\n}\n",
      status: "error",
      marked: {
        line: 4,
        column: 9,
        severity: "warning",
        message: "unused variable ‘unused’ [-Wunused-variable]",
      },
    },
  },
  halfLines: {
    printf:
      '#import <Foundation/Foundation.h>\n\nint main(void) {\n    printf("loading");\n    for (;;) {}\n}\n',
    "printf, then sleep":
      '#import <Foundation/Foundation.h>\n\nint main(void) {\n    printf("loading");\n    for (;;) [NSThread sleepForTimeInterval:600];\n}\n',
  },
  memoryHog:
    "#import <Foundation/Foundation.h>\n\nint main(void) {\n    NSMutableArray *kept = [NSMutableArray new];\n    for (;;) {\n        NSMutableData *block = [[NSMutableData alloc] initWithLength:1 << 20];\n        memset([block mutableBytes], 1, 1 << 20);\n        [kept addObject:block];\n    }\n}\n",
  manyLines:
    '#import <Foundation/Foundation.h>\n\nint main(void) {\n    for (int i = 0; i < 65536; i++) puts("0123456789abcde");\n    return 0;\n}\n',
};
