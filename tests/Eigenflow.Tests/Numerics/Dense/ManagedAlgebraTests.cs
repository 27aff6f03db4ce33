using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Dense;

/// <summary>The decompositions that can be interrupted: accuracy at the hard matrices, and that they end where they are asked to.</summary>
public sealed class ManagedAlgebraTests
{
    private const int Size = 60;
    private readonly ManagedDenseAlgebra algebra = new();

    public static TheoryData<string> Matrices() => ["random", "graded", "graded backwards", "one rank", "nothing", "identity", "shift", "equal values", "tiny", "huge"];

    [Theory]
    [MemberData(nameof(Matrices))]
    public void SingularValuesAreThoseOfTheMatrixToRounding(string name)
    {
        var matrix = Make(name);
        var norm = Math.Sqrt(matrix.Sum(value => value / Scale(name) * (value / Scale(name)))) * Scale(name);
        var svd = algebra.ThinSvd(matrix, Size, Size);
        svd.Values.ShouldBe([.. svd.Values.OrderDescending()]);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                var entry = Enumerable.Range(0, Size).Sum(k => svd.Left[(i * Size) + k] * (svd.Values[k] / Scale(name)) * svd.RightTransposed[(k * Size) + j]);
                entry.ShouldBe(matrix[(i * Size) + j] / Scale(name), 1e-14 * Math.Max(1e-300, norm / Scale(name)));
                Enumerable.Range(0, Size).Sum(k => svd.Left[(k * Size) + i] * svd.Left[(k * Size) + j]).ShouldBe(i == j ? 1 : 0, 1e-13);
                Enumerable.Range(0, Size).Sum(k => svd.RightTransposed[(i * Size) + k] * svd.RightTransposed[(j * Size) + k]).ShouldBe(i == j ? 1 : 0, 1e-13);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void EigenvaluesAreThoseOfTheMatrixToRounding(string name)
    {
        var given = Make(name);
        var matrix = new double[Size * Size];
        for (var k = 0; k < matrix.Length; k++)
            matrix[k] = (given[k] / 2) + (given[(k % Size * Size) + (k / Size)] / 2);
        var eigen = algebra.SymmetricEigen(matrix, Size);
        eigen.Values.ShouldBe(algebra.SymmetricEigenvalues(matrix, Size));
        var norm = eigen.Values.Max(value => Math.Abs(value / Scale(name)));
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Enumerable.Range(0, Size).Sum(k => eigen.Vectors[(k * Size) + i] * (eigen.Values[k] / Scale(name)) * eigen.Vectors[(k * Size) + j]).ShouldBe(matrix[(i * Size) + j] / Scale(name), 2e-14 * Math.Max(1e-300, norm));
                Enumerable.Range(0, Size).Sum(k => eigen.Vectors[(i * Size) + k] * eigen.Vectors[(j * Size) + k]).ShouldBe(i == j ? 1 : 0, 1e-13);
            }
        }
    }

    [Fact]
    public void SmallSingularValuesOfAFallingSpectrumKeepTheirDigits()
    {
        // Columns that fall as j⁻³, as features of a power law do; a matrix of orthogonal rows has these values exactly.
        var rotation = algebra.ThinSvd(Make("random"), Size, Size).Left;
        var matrix = new double[Size * Size];
        for (var k = 0; k < matrix.Length; k++)
            matrix[k] = rotation[k] * Math.Pow(1 + (k % Size), -3);
        var values = algebra.ThinSvd(matrix, Size, Size).Values;
        for (var j = 0; j < Size; j++)
            values[j].ShouldBe(Math.Pow(1 + j, -3), 1e-14);
    }

    [Fact]
    public void LargeWorkEndsWithTheWorkThatAskedForIt()
    {
        const int Large = 600;
        var matrix = Enumerable.Range(0, Large * Large).Select(k => Math.Sin(k * 0.37)).ToArray();
        ((double)Large * Large * Large).ShouldBeGreaterThan(SizedAlgebra.LargestSmallWork);
        using var source = new CancellationTokenSource();
        source.Cancel();
        using (Interruption.By(source.Token))
        {
            Should.Throw<OperationCanceledException>(() => DenseAlgebra.Best.ThinSvd(matrix, Large, Large));
            Should.Throw<OperationCanceledException>(() => DenseAlgebra.Best.SymmetricEigen(matrix, Large));
            Should.Throw<OperationCanceledException>(() => DenseAlgebra.Best.SymmetricEigenvalues(matrix, Large));
            Should.Throw<OperationCanceledException>(() => MatrixProduct.Multiply(matrix, matrix, new double[Large * Large], Large, Large, Large));
            using (Interruption.Never())
                MatrixProduct.Multiply(matrix, matrix, new double[Large * Large], Large, Large, Large);
        }

        Interruption.Token.CanBeCanceled.ShouldBeFalse();
    }

    [Fact]
    public void EveryStageLooksAtItsToken()
    {
        // Each call ends at the place of its token that comes up: before the reduction, within it, in the iteration, at the rotations, at the reflections.
        var matrix = Make("random");
        using var source = new CancellationTokenSource();
        var (bidiagonal, tridiagonal) = (new Bidiagonal([.. matrix], Size, Size, default), new Tridiagonal([.. matrix], Size, default));
        var (left, right) = (new TurnedRows(Size), new TurnedRows(Size));
        left.Begin(0);
        left.Add(1, 0);
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => new Bidiagonal([.. matrix], Size, Size, source.Token));
        Should.Throw<OperationCanceledException>(() => new Tridiagonal([.. matrix], Size, source.Token));
        Should.Throw<OperationCanceledException>(() => BidiagonalIteration.Run([.. bidiagonal.Diagonal], [.. bidiagonal.Above], left, right, source.Token));
        Should.Throw<OperationCanceledException>(() => TridiagonalIteration.Run([.. tridiagonal.Diagonal], [.. tridiagonal.Beside], null, source.Token));
        Should.Throw<OperationCanceledException>(() => left.Turn(source.Token));
        Should.Throw<OperationCanceledException>(() => bidiagonal.Left.Apply(matrix, Size, isDescending: true, source.Token));
    }

    [Fact]
    public void CollectionsOfInterruptionsAreOne()
    {
        using var source = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Interruption.During(
            () => Parallel.For(0, 4, _ =>
            {
                source.Cancel();
                Interruption.Check();
            }),
            source.Token));
    }

    private static double Scale(string name) => name switch { "tiny" => 1e-300, "huge" => 1e300, _ => 1 };

    private static double[] Make(string name)
    {
        var matrix = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                var wave = Math.Sin((1.7 * ((i * Size) + j)) + (0.3 * ((i * Size) + j) * j));
                matrix[(i * Size) + j] = name switch
                {
                    "graded" => wave * Math.Pow(1 + j, -4),
                    "graded backwards" => wave * Math.Pow(Size - j, -4),
                    "one rank" => 1,
                    "nothing" => 0,
                    "identity" => i == j ? 1 : 0,
                    "shift" => j == i + 1 ? 1 : 0,
                    "equal values" => (i == j ? 2 : 0) - (2.0 / Size),
                    _ => wave * Scale(name),
                };
            }
        }

        return matrix;
    }
}
