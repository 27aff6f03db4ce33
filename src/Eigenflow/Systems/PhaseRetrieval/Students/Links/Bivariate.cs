namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A polynomial Σ a_ij q^i p^j in two variables, of degree at most 7 in each. Immutable.</summary>
internal sealed class Bivariate
{
    private const int Length = 8;

    /// <summary>The first variable.</summary>
    public static readonly Bivariate First = Monomial(1, 0);

    /// <summary>The second variable.</summary>
    public static readonly Bivariate Second = Monomial(0, 1);

    private readonly double[] coefficients;
    private readonly int rows;
    private readonly int columns;

    private Bivariate(double[] coefficients)
    {
        this.coefficients = coefficients;
        for (var i = 0; i < Length; i++)
        {
            for (var j = 0; j < Length; j++)
            {
                if (coefficients[(i * Length) + j] != 0)
                    (rows, columns) = (Math.Max(rows, i + 1), Math.Max(columns, j + 1));
            }
        }
    }

    public static implicit operator Bivariate(double value) => Monomial(0, 0, value);

    public static Bivariate operator +(Bivariate left, Bivariate right) => new([.. left.coefficients.Zip(right.coefficients, (a, b) => a + b)]);

    public static Bivariate operator -(Bivariate left, Bivariate right) => left + (-1.0 * right);

    public static Bivariate operator *(double factor, Bivariate polynomial) => new([.. polynomial.coefficients.Select(value => factor * value)]);

    public static Bivariate operator *(Bivariate left, Bivariate right)
    {
        var product = new double[Length * Length];
        for (var i = 0; i < left.rows; i++)
        {
            for (var j = 0; j < left.columns; j++)
            {
                for (var k = 0; k < right.rows; k++)
                {
                    // Beyond the table lies nothing but products of zeros.
                    for (var l = 0; l < right.columns; l++)
                    {
                        if (left.coefficients[(i * Length) + j] * right.coefficients[(k * Length) + l] is not 0 and var term)
                            product[((i + k) * Length) + j + l] += term;
                    }
                }
            }
        }

        return new Bivariate(product);
    }

    /// <summary>A power ≥ 0.</summary>
    public Bivariate Power(int exponent) => Enumerable.Range(0, exponent).Aggregate((Bivariate)1, (power, _) => power * this);

    /// <summary>The same without its constant, or also without its term in the first variable, which vanish but for rounding.</summary>
    public Bivariate Vanishing(bool alsoFirst = false)
    {
        double[] rest = [.. coefficients];
        rest[0] = 0;
        if (alsoFirst)
            rest[Length] = 0;
        return new Bivariate(rest);
    }

    /// <summary>∂/∂q.</summary>
    public Bivariate ByFirst() => new([.. Enumerable.Range(0, Length * Length).Select(at => at / Length + 1 < Length ? ((at / Length) + 1) * coefficients[at + Length] : 0)]);

    /// <summary>∂/∂p.</summary>
    public Bivariate BySecond() => new([.. Enumerable.Range(0, Length * Length).Select(at => at % Length + 1 < Length ? ((at % Length) + 1) * coefficients[at + 1] : 0)]);

    /// <summary>The value at a point, by Horner's rule.</summary>
    public double At(double q, double p)
    {
        var value = 0.0;
        for (var i = rows - 1; i >= 0; i--)
        {
            var row = 0.0;
            for (var j = columns - 1; j >= 0; j--)
                row = (row * p) + coefficients[(i * Length) + j];
            value = (value * q) + row;
        }

        return value;
    }

    private static Bivariate Monomial(int first, int second, double factor = 1)
    {
        var table = new double[Length * Length];
        table[(first * Length) + second] = factor;
        return new Bivariate(table);
    }
}
