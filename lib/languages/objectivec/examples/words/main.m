#import <Foundation/Foundation.h>

/* The more frequent word first; of two that are as frequent, as they stand in a dictionary. */
static NSInteger byCount(id one, id other, void *counts) {
    NSUInteger first = [(NSCountedSet *)counts countForObject:one];
    NSUInteger second = [(NSCountedSet *)counts countForObject:other];
    if (first != second) return first > second ? NSOrderedAscending : NSOrderedDescending;
    return [(NSString *)one compare:(NSString *)other];
}

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    NSData *input = [[NSFileHandle fileHandleWithStandardInput] readDataToEndOfFile];
    NSString *text = [[[NSString alloc] initWithData:input encoding:NSUTF8StringEncoding] autorelease];
    NSCharacterSet *others = [[NSCharacterSet letterCharacterSet] invertedSet];
    NSCountedSet *words = [NSCountedSet set];

    for (NSString *word in [[text lowercaseString] componentsSeparatedByCharactersInSet:others]) {
        if ([word length] > 0) [words addObject:word];
    }
    NSArray *sorted = [[words allObjects] sortedArrayUsingFunction:byCount context:words];
    for (NSString *word in [sorted subarrayWithRange:NSMakeRange(0, 5)]) {
        printf("%3d %s\n", (int)[words countForObject:word], [word UTF8String]);
    }
    [pool drain];
    return 0;
}
