using Eigenflow.Numerics.LowPrecision;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.LowPrecision;

public sealed class SingleProductTests
{
    // Rows of one, whole vectors, and what is left over.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 16)]
    [InlineData(4, 7, 15)]
    [InlineData(5, 33, 50)]
    public void EveryEntryIsOneChainOfFusedOperations(int rows, int inner, int columns)
    {
        var random = new System.Random(rows + columns);
        float[] a = [.. Enumerable.Range(0, rows * inner).Select(_ => (float)random.NextDouble() - 0.5f)], b = [.. Enumerable.Range(0, inner * columns).Select(_ => (float)random.NextDouble() - 0.5f)];
        var c = new float[rows * columns];
        SingleProduct.Multiply(a, b, c, rows, inner, columns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = 0f;
                for (var k = 0; k < inner; k++)
                    sum = MathF.FusedMultiplyAdd(a[(i * inner) + k], b[(k * columns) + j], sum);
                c[(i * columns) + j].ShouldBe(sum);
            }
        }
    }

    [Fact]
    public void MatricesThatAreTooSmallAreRefused()
    {
        Should.Throw<ArgumentException>(() => SingleProduct.Multiply(new float[3], new float[4], new float[4], 2, 2, 2));
        Should.Throw<ArgumentException>(() => SingleProduct.Multiply(new float[4], new float[4], new float[3], 2, 2, 2));
        Should.Throw<ArgumentException>(() => SingleProduct.Multiply([], [], [], 0, 1, 1));
    }
}
