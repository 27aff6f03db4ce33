using Eigenflow.Numerics.Dense;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Dense;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 2)]
    [InlineData(4, 7, 8)]
    [InlineData(5, 3, 9)]
    [InlineData(6, 11, 15)]
    [InlineData(7, 64, 16)]
    [InlineData(9, 10, 17)]
    [InlineData(13, 31, 24)]
    [InlineData(60, 100, 60)]
    [InlineData(3, 200, 41)]
    public void ProductsAreThoseOfTheDefinition(int rows, int inner, int columns)
    {
        var (a, b) = (Random(rows * inner, 1), Random(inner * columns, 2));
        var transposed = new double[rows * inner];
        MatrixProduct.Transpose(a, transposed, rows, inner);

        // Entries beyond the product must stay as they are.
        var (product, second) = (new double[(rows * columns) + 3], new double[(rows * columns) + 3]);
        Array.Fill(product, 7);
        Array.Fill(second, 7);
        MatrixProduct.Multiply(a, b, product, rows, inner, columns);
        MatrixProduct.MultiplyTransposed(transposed, b, second, rows, inner, columns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                // The bits are those of one chain of fused operations, whatever the tile.
                var sum = 0.0;
                for (var k = 0; k < inner; k++)
                    sum = Math.FusedMultiplyAdd(a[(i * inner) + k], b[(k * columns) + j], sum);
                product[(i * columns) + j].ShouldBe(sum);
                second[(i * columns) + j].ShouldBe(sum);
            }
        }

        product[(rows * columns)..].ShouldAllBe(value => value == 7);
        second[(rows * columns)..].ShouldAllBe(value => value == 7);
    }

    [Fact]
    public void ProductsDoNotAllocate()
    {
        var (a, b, c) = (Random(40 * 30, 1), Random(30 * 20, 2), new double[40 * 20]);
        MatrixProduct.Multiply(a, b, c, 40, 30, 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MatrixProduct.Multiply(a, b, c, 40, 30, 20);
        MatrixProduct.MultiplyTransposed(a, b, c, 40, 30, 20);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }

    [Fact]
    public void MatricesThatAreTooSmallAreRefused()
    {
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(new double[5], new double[6], new double[4], 2, 3, 2));
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(new double[6], new double[6], new double[3], 2, 3, 2));
        Should.Throw<ArgumentException>(() => MatrixProduct.Transpose(new double[6], new double[5], 2, 3));
    }

    private static double[] Random(int count, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
