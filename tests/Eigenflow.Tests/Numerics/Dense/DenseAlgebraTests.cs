using Eigenflow.Numerics.Dense;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Dense;

public sealed class DenseAlgebraTests
{
    public static TheoryData<string, int, int> Shapes()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var name in Lapack.TryLoad() is null ? new[] { "managed" } : ["managed", "lapack"])
        {
            foreach (var (rows, columns) in new[] { (1, 1), (3, 2), (2, 3), (17, 17), (40, 9), (9, 40) })
                data.Add(name, rows, columns);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_singular_value_decomposition_gives_the_matrix_back(string name, int rows, int columns)
    {
        var matrix = Matrix(rows, columns);
        var svd = Of(name).ThinSvd(matrix, rows, columns);
        var rank = Math.Min(rows, columns);
        svd.Values.Length.ShouldBe(rank);
        svd.Values.ShouldBe([.. svd.Values.OrderDescending()]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                Enumerable.Range(0, rank).Sum(k => svd.Left[(i * rank) + k] * svd.Values[k] * svd.RightTransposed[(k * columns) + j]).ShouldBe(matrix[(i * columns) + j], 1e-13);
        }

        for (var k = 0; k < rank; k++)
        {
            for (var l = 0; l < rank; l++)
            {
                Enumerable.Range(0, rows).Sum(i => svd.Left[(i * rank) + k] * svd.Left[(i * rank) + l]).ShouldBe(k == l ? 1 : 0, 1e-13);
                Enumerable.Range(0, columns).Sum(j => svd.RightTransposed[(k * columns) + j] * svd.RightTransposed[(l * columns) + j]).ShouldBe(k == l ? 1 : 0, 1e-13);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_eigendecomposition_gives_the_matrix_back(string name, int size, int other)
    {
        var factor = Matrix(size, other);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[(i * size) + j] = Enumerable.Range(0, other).Sum(k => factor[(i * other) + k] * factor[(j * other) + k]) - (i == j ? 0.3 : 0);
        }

        var eigen = Of(name).SymmetricEigen(matrix, size);
        eigen.Values.ShouldBe([.. eigen.Values.OrderDescending()]);
        var values = Of(name).SymmetricEigenvalues(matrix, size);
        for (var i = 0; i < size; i++)
        {
            values[i].ShouldBe(eigen.Values[i], 1e-12);
            for (var j = 0; j < size; j++)
            {
                Enumerable.Range(0, size).Sum(k => eigen.Vectors[(k * size) + i] * eigen.Values[k] * eigen.Vectors[(k * size) + j]).ShouldBe(matrix[(i * size) + j], 1e-12);
                Enumerable.Range(0, size).Sum(k => eigen.Vectors[(i * size) + k] * eigen.Vectors[(j * size) + k]).ShouldBe(i == j ? 1 : 0, 1e-12);
            }
        }
    }

    [Fact]
    public void Entries_that_are_not_finite_are_refused()
    {
        foreach (var algebra in new[] { DenseAlgebra.Best, new ManagedDenseAlgebra() })
        {
            Should.Throw<InvalidOperationException>(() => algebra.ThinSvd([1, double.NaN, 0, 1], 2, 2));
            Should.Throw<InvalidOperationException>(() => algebra.SymmetricEigen([1, double.PositiveInfinity, 0, 1], 2));
        }
    }

    private static double[] Matrix(int rows, int columns) => [.. Enumerable.Range(0, rows * columns).Select(k => Math.Sin((1.7 * k) + (0.3 * k * k)))];

    private static IDenseAlgebra Of(string name) => name == "lapack" ? Lapack.TryLoad()! : new ManagedDenseAlgebra();
}
