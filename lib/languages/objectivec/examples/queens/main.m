#import <Foundation/Foundation.h>

@interface Board : NSObject {
    int size, solutions;
    int columns[16];
}
- (id)initWithSize:(int)theSize;
- (int)placeRow:(int)row;
@end

@implementation Board

- (id)initWithSize:(int)theSize {
    if ((self = [super init])) size = theSize;
    return self;
}

- (BOOL)isFree:(int)column inRow:(int)row {
    for (int above = 0; above < row; above++) {
        int apart = abs(columns[above] - column);
        if (apart == 0 || apart == row - above) return NO;
    }
    return YES;
}

- (NSString *)description {
    NSMutableArray *rows = [NSMutableArray array];
    for (int row = 0; row < size; row++) {
        NSMutableArray *places = [NSMutableArray array];
        for (int x = 0; x < size; x++) [places addObject:x == columns[row] ? @"Q" : @"."];
        [rows addObject:[places componentsJoinedByString:@" "]];
    }
    return [rows componentsJoinedByString:@"\n"];
}

/* Goes on from this row; the queens of the rows above stand in `columns`. Answers how many ways there are by now. */
- (int)placeRow:(int)row {
    if (row == size) {
        if (solutions++ == 0) puts([[self description] UTF8String]);
        return solutions;
    }
    for (int column = 0; column < size; column++) {
        if (![self isFree:column inRow:row]) continue;
        columns[row] = column;
        [self placeRow:row + 1];
    }
    return solutions;
}

@end

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    Board *board = [[[Board alloc] initWithSize:8] autorelease];
    printf("%d solutions\n", [board placeRow:0]);
    [pool drain];
    return 0;
}
